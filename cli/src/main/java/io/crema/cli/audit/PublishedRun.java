package io.crema.cli.audit;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.value.ChannelId;
import io.crema.events.ReceiptRun;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Partitions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Consecutive receipts of one channel, as a machine published them. */
record PublishedRun(ChannelId channel, List<SignedReceipt> receipts) {

    /** Empty where the record contradicts itself, its key or its partition: then no receipt of it can count. */
    static Optional<PublishedRun> of(LogRecord record, int partitions) {
        var bytes = record.bytes();
        if (bytes == null
                || bytes.length > ReceiptRuns.MOST_BYTES
                || !(record.value().orElse(null) instanceof ReceiptRun run)
                || !Arrays.equals(run.getChannel().bytes(), record.key())
                || Partitions.of(run.getChannel().bytes(), partitions) != record.partition()
                || run.getReceipts().isEmpty()
                || run.getReceipts().size() > ReceiptRuns.MOST_RECEIPTS) {
            return Optional.empty();
        }
        try {
            var receipts = ReceiptRuns.fromRecord(run);
            var first = receipts.getFirst().receipt().content().sequence();
            for (var i = 0; i < receipts.size(); i++) {
                if (receipts.get(i).receipt().content().sequence() != first + i) {
                    return Optional.empty();
                }
            }
            return Optional.of(new PublishedRun(new ChannelId(Convert.hash(run.getChannel())), receipts));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
