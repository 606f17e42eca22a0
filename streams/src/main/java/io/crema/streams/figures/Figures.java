package io.crema.streams.figures;

import io.crema.streams.balances.Channel;
import io.crema.streams.balances.ChannelStatus;
import io.crema.streams.balances.Judgement;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one task. A channel counts by what it adds now, less what it added before, so the sums are those of all
 * channels without reading them. Not thread-safe.
 */
public final class Figures {
    private static final Figure[] ALL = Figure.values();
    private static final byte FORMAT = 1;
    private static final int LONGEST_REASON = 100;

    private final BigInteger[] values = new BigInteger[ALL.length];
    private final Map<String, Long> refused = new TreeMap<>();

    public Figures() {
        Arrays.fill(values, BigInteger.ZERO);
    }

    public BigInteger get(Figure figure) {
        return values[figure.ordinal()];
    }

    /** How many records or receipts went to quarantine, by reason. */
    public Map<String, Long> refused() {
        return refused;
    }

    public void refused(String reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    /** A channel is now another than it was. */
    public void changed(Channel before, Channel now) {
        count(before, -1);
        count(now, 1);
    }

    /** Receipts were judged. */
    public void judged(Judgement judgement) {
        add(Figure.RECEIPTS_ACCEPTED, judgement.accepted().size());
        add(Figure.RECEIPTS_REPEATED, judgement.effort().repeats());
        add(Figure.SIGNATURES_CHECKED, judgement.effort().checks());
        add(Figure.RUN_FALLBACKS, judgement.effort().fallbacks());
    }

    /** Adds another task's. */
    public void add(Figures other) {
        for (var figure : ALL) {
            add(figure, other.get(figure));
        }
        other.refused.forEach((reason, count) -> refused.merge(reason, count, Long::sum));
    }

    private void count(Channel channel, int sign) {
        if (channel.chain().parties().isPresent()) {
            add(Figure.CHANNELS, sign);
        }
        if (channel.forked()) {
            add(Figure.CHANNELS_FORKED, sign);
        }
        if (channel.isAhead()) {
            add(Figure.CHANNELS_AHEAD, sign);
        }
        if (channel.redemption().open().isPresent()) {
            add(Figure.REDEMPTIONS_OPEN, sign);
        }
        countMoney(channel, sign);
    }

    private void countMoney(Channel channel, int sign) {
        var accepted = channel.head().total();
        var redeemed = channel.chain().redeemed();
        add(Figure.ACCEPTED, signed(accepted.value(), sign));
        add(Figure.REDEEMED, signed(redeemed.value(), sign));
        var waiting = channel.waiting();
        if (channel.chain().status() == ChannelStatus.CLOSED) {
            add(Figure.LOST, signed(accepted.minusOrZero(redeemed).value(), sign));
            add(Figure.LOST, signed(waiting.money().value(), sign));
            return;
        }
        var coverage = channel.chain().coverage();
        add(
                Figure.UNREDEEMED,
                signed(accepted.min(coverage).minusOrZero(redeemed).value(), sign));
        add(
                Figure.UNCOVERED,
                signed(accepted.minusOrZero(coverage.max(redeemed)).value(), sign));
        if (waiting.receipts() == 0) {
            return;
        }
        var money = signed(waiting.money().value(), sign);
        switch (waiting.reason()) {
            case UNKNOWN_CHANNEL -> wait(Figure.WAITING_UNKNOWN, Figure.AMOUNT_UNKNOWN, waiting.receipts(), money);
            case UNCOVERED -> wait(Figure.WAITING_UNCOVERED, Figure.AMOUNT_UNCOVERED, waiting.receipts(), money);
            case GAP, NONE -> wait(Figure.WAITING_GAP, Figure.AMOUNT_GAP, waiting.receipts(), money);
        }
    }

    private void wait(Figure count, Figure amount, long receipts, BigInteger money) {
        add(count, money.signum() < 0 ? -receipts : receipts);
        add(amount, money);
    }

    private static BigInteger signed(BigInteger value, int sign) {
        return sign < 0 ? value.negate() : value;
    }

    private void add(Figure figure, long change) {
        if (change != 0) {
            add(figure, BigInteger.valueOf(change));
        }
    }

    private void add(Figure figure, BigInteger change) {
        if (change.signum() != 0) {
            values[figure.ordinal()] = values[figure.ordinal()].add(change);
        }
    }

    /** Format, then each figure that is not zero by id, length and value; 0; then each reason by length, text and count. */
    public byte[] toBytes() {
        var buffer = ByteBuffer.allocate(2 + ALL.length * (2 + 32) + refused.size() * (1 + LONGEST_REASON + 8))
                .put(FORMAT);
        for (var figure : ALL) {
            var value = get(figure);
            if (value.signum() != 0) {
                var bytes = value.toByteArray();
                buffer.put(figure.id()).put((byte) bytes.length).put(bytes);
            }
        }
        buffer.put((byte) 0);
        refused.forEach((reason, count) -> {
            var bytes = reason.getBytes(StandardCharsets.UTF_8);
            var length = Math.min(bytes.length, LONGEST_REASON);
            buffer.put((byte) length).put(bytes, 0, length).putLong(count);
        });
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** @throws IllegalArgumentException when they are of another format */
    public static Figures fromBytes(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        if (bytes.length == 0 || buffer.get() != FORMAT) {
            throw new IllegalArgumentException("figures of format %s, expected %d; start the build that wrote them"
                    .formatted(bytes.length == 0 ? "nothing" : bytes[0], FORMAT));
        }
        var figures = new Figures();
        for (var id = buffer.get(); id != 0; id = buffer.get()) {
            var value = new byte[buffer.get()];
            buffer.get(value);
            for (var figure : ALL) {
                if (figure.id() == id) {
                    figures.add(figure, new BigInteger(value));
                }
            }
        }
        while (buffer.hasRemaining()) {
            var reason = new byte[buffer.get()];
            buffer.get(reason);
            figures.refused.put(new String(reason, StandardCharsets.UTF_8), buffer.getLong());
        }
        return figures;
    }
}
