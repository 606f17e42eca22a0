package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.hash;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Hash;
import io.crema.events.Quarantined;
import io.crema.events.ReceiptRun;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is in quarantine: receipts by digest, whole records by place. Not thread-safe. */
final class RefusedFold {
    private final Domain domain;
    private final Findings findings;
    private final Set<Hash> receipts = new HashSet<>();
    private final Set<Place> records = new HashSet<>();
    private final Map<String, Long> byReason = new TreeMap<>();
    private long count;

    private record Place(int partition, long offset) {}

    RefusedFold(Domain domain, Findings findings) {
        this.domain = domain;
        this.findings = findings;
    }

    void add(LogRecord record) {
        count++;
        if (!(record.value().orElse(null) instanceof Quarantined refused)) {
            findings.differs(
                    6, "", "bytes that are no record of ours", "quarantine tells of what it holds", record.place());
            return;
        }
        byReason.merge(refused.getReason(), 1L, Long::sum);
        var value = refused.getValue();
        var bytes = new byte[value == null ? 0 : value.remaining()];
        if (value != null) {
            value.duplicate().get(bytes);
            if (!Keccak.hash(bytes).equals(hash(refused.getValueHash()))) {
                findings.differs(
                        6,
                        "",
                        "quarantined bytes of hash " + Keccak.hash(bytes),
                        "bytes of hash %s were refused".formatted(hash(refused.getValueHash())),
                        record.place());
            }
        }
        if (refused.getTopic().equals(Topic.EDGE_RECEIPTS.topicName())) {
            if (refused.getSequence() == null) {
                records.add(new Place(refused.getPartition(), refused.getOffset()));
            } else {
                addReceipt(bytes);
            }
        }
    }

    private void addReceipt(byte[] bytes) {
        try {
            var run = RecordCodec.perThread().decode(bytes, ReceiptRun.class);
            ReceiptRuns.fromRecord(run)
                    .forEach(signed ->
                            receipts.add(domain.digest(signed.receipt().content())));
        } catch (RecordFormatException | IllegalArgumentException | ArithmeticException e) {
            // Not a receipt of ours: nothing can be missing that it accounts for.
        }
    }

    boolean hasReceipt(Hash digest) {
        return receipts.contains(digest);
    }

    boolean hasRecord(LogRecord record) {
        return records.contains(new Place(record.partition(), record.offset()));
    }

    long count() {
        return count;
    }

    Map<String, Long> byReason() {
        return Collections.unmodifiableMap(byReason);
    }
}
