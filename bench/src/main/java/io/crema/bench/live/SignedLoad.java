package io.crema.bench.live;

import io.crema.bench.throughput.Fleet;
import io.crema.events.ReceiptRun;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Receipts signed beforehand, each a run of its own, in the order in which they are sold: one of each channel, then the
 * second of each, and so on. They lie on the disk, so that memory holds none of them while something is measured. One
 * thread takes them out; how many it took may be asked by any.
 */
final class SignedLoad implements AutoCloseable {
    private static final int AT_ONCE = 20_000;

    private final Fleet fleet;
    private final DataInputStream in;
    private final long receipts;
    private final BigDecimal[] totals;
    private volatile long next;

    /**
     * @param warm receipts with the channel's own badge
     * @param cold those after them, each with a badge that nobody has seen before
     */
    SignedLoad(Fleet fleet, Path file, long warm, long cold) throws IOException {
        this.fleet = fleet;
        this.receipts = warm + cold;
        this.totals = new BigDecimal[fleet.channels()];
        Arrays.fill(totals, BigDecimal.ZERO);
        write(file, warm);
        in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20));
    }

    private void write(Path file, long warm) throws IOException {
        var most = Math.min(AT_ONCE, fleet.channels());
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            for (var from = 0L; from < receipts; from += most) {
                var first = from;
                // of one channel at most one: the order in which they are signed does not matter
                var signed = IntStream.range(0, Math.toIntExact(Math.min(most, receipts - from)))
                        .parallel()
                        .mapToObj(i -> sign(first + i, first + i >= warm))
                        .toList();
                for (var run : signed) {
                    out.writeInt(run.length);
                    out.write(run);
                }
            }
        }
    }

    private byte[] sign(long index, boolean fresh) {
        var channel = channel(index);
        var run = ReceiptRuns.toRecord(fleet.id(channel), List.of(fleet.sell(channel, fresh)));
        return RecordCodec.perThread().encode(Topic.EDGE_RECEIPTS, run);
    }

    int channels() {
        return fleet.channels();
    }

    int channel(long index) {
        return Math.toIntExact(index % fleet.channels());
    }

    /** The receipt with this sequence of the channel, counted over all. */
    long index(int channel, long sequence) {
        return (sequence - 1) * fleet.channels() + channel;
    }

    /** How many are still to be sold. */
    long left() {
        return receipts - next;
    }

    /** The next receipt's place among all. */
    long position() {
        return next;
    }

    /** How many receipts of the channel were taken out so far. */
    long sold(int channel) {
        return (next + fleet.channels() - 1 - channel) / fleet.channels();
    }

    /** What those cost. */
    BigDecimal total(int channel) {
        return totals[channel];
    }

    /** @throws IOException also when none is left */
    ReceiptRun next() throws IOException {
        var bytes = new byte[in.readInt()];
        in.readFully(bytes);
        var run = RecordCodec.perThread().decode(bytes, ReceiptRun.class);
        var position = next;
        totals[channel(position)] = run.getReceipts().getLast().getTotal();
        next = position + 1;
        return run;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
