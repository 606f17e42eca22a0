package io.crema.edge.run;

import io.crema.contracts.tap.TapLink;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.body.Buttons;
import io.crema.edge.node.Press;
import io.crema.edge.node.Refusal;
import io.crema.edge.node.TapOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The machine's front: a product is chosen and a phone is held to it, in either order. A choice waits for a phone for a
 * while; after a tap that was lost, or that the employee must confirm, it waits again, as the same attempt. Thread-safe.
 */
final class Counter implements AutoCloseable {
    /** How long a phone in the field waits for a product: longer than people hold one without being asked to. */
    private static final Duration PHONE_WAITS = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMillis(500);

    /** What the counter asks of the machine. */
    interface Machine {
        /** What the screen says to who chose the product: its price, or why there is none. */
        Offer offer(ProductId product);

        TapOutcome press(Press press, TapLink link);

        void show(String sentence);
    }

    /**
     * An answer to a choice.
     *
     * @param open whether a phone may now be held to the machine
     */
    record Offer(boolean open, String sentence) {}

    private record Choice(Press press, long until) {}

    private final Machine machine;
    private final Buttons buttons;
    private final Duration patience;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition chosen = lock.newCondition();
    private final Thread thread;
    private @Nullable Choice choice;
    private volatile boolean closing;

    /** @param random cryptographically strong: names attempts */
    Counter(Machine machine, Buttons buttons, Duration patience, RandomGenerator random) {
        this.machine = machine;
        this.buttons = buttons;
        this.patience = patience;
        this.random = random;
        this.thread = Thread.ofVirtual().name("buttons").unstarted(this::watchButtons);
    }

    void start() {
        machine.show("Choose a product.");
        thread.start();
    }

    /** A phone is in the field: sells to it what is chosen. Returns when the machine is done with it. */
    void tapped(TapLink link) {
        var taken = awaitChoice();
        if (taken.isEmpty()) {
            return;
        }
        var press = taken.get().press();
        var outcome = machine.press(press, link);
        lock.lock();
        try {
            var newer = choice != null;
            if (!newer && mayBeRepeated(outcome)) {
                choice = new Choice(press, deadline());
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean mayBeRepeated(TapOutcome outcome) {
        return outcome instanceof TapOutcome.Refused refused
                && (refused.refusal() == Refusal.TAP_LOST || refused.refusal() == Refusal.PHONE_REFUSED);
    }

    private Optional<Choice> awaitChoice() {
        var left = PHONE_WAITS.toNanos();
        lock.lock();
        try {
            if (choice == null) {
                machine.show("Choose a product.");
            }
            while (choice == null && !closing && left > 0) {
                left = chosen.awaitNanos(left);
            }
            var taken = Optional.ofNullable(choice);
            choice = null;
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void watchButtons() {
        try {
            while (!closing) {
                var product = buttons.next(LOOK);
                if (product.isPresent()) {
                    choose(product.get());
                } else {
                    forgetOld();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void choose(ProductId product) {
        var offer = machine.offer(product);
        lock.lock();
        try {
            var before = choice;
            var press = before != null && before.press().product().equals(product)
                    ? before.press()
                    : new Press(product, attempt());
            choice = offer.open() ? new Choice(press, deadline()) : null;
            chosen.signalAll();
        } finally {
            lock.unlock();
        }
        machine.show(offer.sentence());
    }

    private void forgetOld() {
        lock.lock();
        try {
            if (choice == null || System.nanoTime() - choice.until() < 0) {
                return;
            }
            choice = null;
        } finally {
            lock.unlock();
        }
        machine.show("Choose a product.");
    }

    private long deadline() {
        return System.nanoTime() + patience.toNanos();
    }

    private Hash attempt() {
        var bytes = new byte[Hash.LENGTH];
        random.nextBytes(bytes);
        return Hash.of(bytes);
    }

    @Override
    public void close() {
        closing = true;
        lock.lock();
        try {
            chosen.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
