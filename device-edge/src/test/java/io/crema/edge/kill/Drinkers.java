package io.crema.edge.kill;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.tap.ApduHandler;
import io.crema.edge.Office;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.world.TcpWorld;
import io.crema.phone.PhoneCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The people of one machine: two phones that take turns and press again as soon as the last cup is done. */
final class Drinkers implements Runnable {
    private final TcpWorld world;
    private final Office office;
    private final List<ApduHandler> phones = new ArrayList<>();
    private final Random random;
    private final ConcurrentLinkedQueue<SignedReceipt> served = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<TapOutcome.Failed> failed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<TapOutcome.Refused> refused = new ConcurrentLinkedQueue<>();
    private volatile boolean enough;

    Drinkers(TcpWorld world, Office office, Trap trap, long seed) {
        this.world = world;
        this.office = office;
        this.random = new Random(seed);
        for (var phone = 0; phone < 2; phone++) {
            phones.add(trap.around(new PhoneCard(office.wallet())));
        }
    }

    @Override
    public void run() {
        while (!enough) {
            office.pass(1 + random.nextInt(5));
            if (random.nextInt(12) == 0) {
                world.hardware(office.serial).failNextPours(1, "No beans.");
            }
            var product = random.nextBoolean() ? Office.ESPRESSO : Office.LATTE;
            var press = new Press(product, office.attempt());
            switch (world.press(office.serial, press, phones.get(random.nextInt(phones.size())), office.now)) {
                case TapOutcome.Served it -> served.add(it.receipt());
                case TapOutcome.Failed it -> failed.add(it);
                case TapOutcome.Refused it -> refused.add(it);
            }
            if (random.nextInt(20) == 0) {
                world.tick(office.serial, office.now);
            }
        }
    }

    void stop() {
        enough = true;
    }

    Office office() {
        return office;
    }

    List<SignedReceipt> served() {
        return List.copyOf(served);
    }

    List<TapOutcome.Failed> failed() {
        return List.copyOf(failed);
    }

    List<TapOutcome.Refused> refused() {
        return List.copyOf(refused);
    }

    /** For a message about people who buy no more. */
    String lastRefusal() {
        return refused.isEmpty()
                ? office.serial + " refused nothing"
                : office.serial + ": " + refused().getLast().sentence();
    }

    /** Cups for which a receipt was signed. */
    int paid() {
        return served.size() + failed.size();
    }
}
