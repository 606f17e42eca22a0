package io.crema.edge.pcsc;

import io.crema.contracts.tap.TapLink;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one contactless reader and tells of each phone that is held to it. Outlives readers that are unplugged and a
 * pcscd that restarts. Thread-safe; the listener is called in a thread of the reader's own, one phone at a time.
 */
public final class PhoneReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PhoneReader.class);
    private static final int WAIT_MILLIS = 250;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Whether phones are seen. */
    public enum State {
        /** There is no such reader now. */
        AWAY,
        /** The field is empty. */
        READY,
        /** A phone is in the field. */
        OCCUPIED
    }

    /** What a reader is doing, with a sentence for the health page. */
    public record Status(State state, String sentence) {}

    private final String name;
    private final Duration patience;
    private final Consumer<TapLink> listener;
    private final Readers readers = new Readers();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Status status = new Status(State.AWAY, "The reader is not opened yet.");

    /**
     * @param name a part of the reader's name, such as ACR122U
     * @param patience how long a phone may take to answer one command
     * @param listener what to do with a phone; the link is dead when it returns
     */
    public PhoneReader(String name, Duration patience, Consumer<TapLink> listener) {
        this.name = name;
        this.patience = patience;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("nfc-reader").unstarted(this::run);
    }

    /** Returns at once. */
    public void start() {
        thread.start();
    }

    public Status status() {
        return status;
    }

    /** Ends within a second, or when the phone that is being served has gone. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(patience.plusSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var pause = Duration.ZERO;
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    watch(readers.find(name));
                    pause = Duration.ZERO;
                } catch (ReaderAwayException e) {
                    tell(new Status(State.AWAY, String.valueOf(e.getMessage())));
                    pause = longer(pause);
                } catch (CardException | IllegalStateException e) {
                    readers.forget();
                    tell(new Status(State.AWAY, "the reader has gone (%s)".formatted(Readers.reason(e))));
                    pause = longer(pause);
                }
            }
        } catch (InterruptedException e) {
            log.debug("interrupted while closing");
        }
    }

    private void watch(CardTerminal terminal) throws CardException, ReaderAwayException {
        tell(new Status(State.READY, "The reader %s waits for a phone.".formatted(terminal.getName())));
        if (!terminal.waitForCardPresent(WAIT_MILLIS)) {
            return;
        }
        tell(new Status(State.OCCUPIED, "A phone is held to the reader %s.".formatted(terminal.getName())));
        try {
            var link = new PcscLink(terminal.connect("*"), patience);
            try {
                listener.accept(link);
            } catch (RuntimeException e) {
                log.error("a tap failed reader={}", terminal.getName(), e);
            } finally {
                link.close();
            }
        } catch (CardNotPresentException e) {
            log.debug("a phone left before it was connected");
        }
        while (closing.getCount() > 0 && !terminal.waitForCardAbsent(WAIT_MILLIS)) {
            // one tap for each time it is held to the machine
        }
    }

    private void tell(Status now) {
        var before = status;
        status = now;
        if (now.state() == State.AWAY && !now.equals(before)) {
            log.warn("no phones are seen: {}; trying again", now.sentence());
        } else if (now.state() != State.AWAY && before.state() == State.AWAY) {
            log.info("{}", now.sentence());
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.isZero() ? Duration.ofMillis(WAIT_MILLIS) : pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
