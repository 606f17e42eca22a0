package io.crema.bench.live;

import io.crema.events.ChannelBalance;
import io.crema.events.ReceiptAccepted;
import io.crema.schemas.wire.RecordCodec;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the log says of each channel, to be compared with what was sold. One thread reads; comparing begins when the last
 * record is read.
 */
final class Books {
    private final Site site;
    private final SignedLoad load;
    private final Latencies latencies;
    private final long[] receipts;
    private final BigDecimal[] accepted;
    private final BitSet once = new BitSet();
    private long twice;
    private long quarantined;
    private long backwards;
    private long setAside;

    /**
     * The books against the sales.
     *
     * @param differing channels whose balance is not what was sold
     * @param notAccepted receipts that are in no event of acceptance
     * @param acceptedTwice receipts that are in more than one
     * @param backwards balances with fewer receipts than one before them
     * @param setAside balances that told of receipts set aside for a while: nothing is wrong with that
     * @param hold whether nothing else of this happened
     */
    record Comparison(
            long channels,
            long differing,
            long notAccepted,
            long acceptedTwice,
            long backwards,
            long setAside,
            long quarantined,
            boolean hold) {}

    Books(Site site, SignedLoad load, Latencies latencies) {
        this.site = site;
        this.load = load;
        this.latencies = latencies;
        this.receipts = new long[load.channels()];
        this.accepted = new BigDecimal[load.channels()];
        Arrays.fill(accepted, BigDecimal.ZERO);
    }

    /** How many receipts are in events of acceptance. */
    synchronized long acceptedReceipts() {
        return once.cardinality();
    }

    synchronized void read(ConsumerRecord<byte[], byte[]> record) {
        var now = System.nanoTime();
        switch (RecordCodec.perThread().decode(record.value())) {
            case ChannelBalance balance -> balance(balance, site.channel(record.key()), now);
            case ReceiptAccepted receipt -> accepted(receipt, site.channel(record.key()));
            default -> quarantined++;
        }
    }

    private void balance(ChannelBalance balance, int channel, long now) {
        var newest = balance.getReceipts();
        backwards += newest < receipts[channel] ? 1 : 0;
        setAside += balance.getWaitingReceipts() > 0 ? 1 : 0;
        for (var sequence = newest; sequence > receipts[channel]; sequence--) {
            var _ = latencies.seen(0, load.index(channel, sequence), now);
        }
        receipts[channel] = newest;
        accepted[channel] = balance.getAccepted();
    }

    private void accepted(ReceiptAccepted receipt, int channel) {
        var index = Math.toIntExact(load.index(channel, receipt.getSequence()));
        twice += once.get(index) ? 1 : 0;
        once.set(index);
    }

    synchronized Comparison compare() {
        var differing = IntStream.range(0, receipts.length)
                .filter(channel -> receipts[channel] != load.sold(channel)
                        || load.total(channel).compareTo(accepted[channel]) != 0)
                .count();
        var missing = load.position() - once.cardinality();
        return new Comparison(
                receipts.length,
                differing,
                missing,
                twice,
                backwards,
                setAside,
                quarantined,
                differing + missing + twice + backwards + quarantined == 0);
    }
}
