package io.crema.edge.pcsc;

import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;

/**
 * One phone in a reader's field. Whatever goes wrong is a lost tap: pulled away, torn, or silent for longer than
 * {@code patience}. A transmission cannot be interrupted, so a silent phone's is left to itself. For one thread.
 */
final class PcscLink implements TapLink {
    private final Card card;
    private final Duration patience;
    private boolean lost;

    PcscLink(Card card, Duration patience) {
        this.card = card;
        this.patience = patience;
    }

    @Override
    public byte[] transmit(byte[] apdu) throws TapLostException {
        if (lost) {
            throw new TapLostException("the phone has left the field");
        }
        // until it has answered, it may be gone
        lost = true;
        var exchange = new FutureTask<>(
                () -> card.getBasicChannel().transmit(new CommandAPDU(apdu)).getBytes());
        Thread.ofPlatform().daemon().name("nfc-transmit").start(exchange);
        try {
            var answer = exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            lost = false;
            return answer;
        } catch (TimeoutException e) {
            throw new TapLostException("the phone did not answer within %d ms".formatted(patience.toMillis()), e);
        } catch (ExecutionException e) {
            // jnasmartcardio tells of a card pulled in mid-command by any of three kinds of exception
            throw new TapLostException("the phone was taken away: " + Readers.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TapLostException("the edge is stopping", e);
        }
    }

    /** Ends the tap. Without a reset: after a torn exchange that can hold up the reader for seconds. */
    void close() {
        lost = true;
        try {
            card.disconnect(false);
        } catch (CardException | IllegalStateException e) {
            // it has gone by itself
        }
    }
}
