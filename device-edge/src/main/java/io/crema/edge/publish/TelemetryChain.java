package io.crema.edge.publish;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.TelemetryBatch;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.Position;
import io.crema.events.TelemetryBatchRecord;
import io.crema.events.TelemetryBody;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.time.Instant;
import java.util.Optional;

/**
 * A machine's signed telemetry, each batch linked to the one before, on disk until the log has it. Its disk is bounded: when
 * the log stays away, the oldest batches are dropped, and the gap in the numbers says so. Not thread-safe.
 */
public final class TelemetryChain implements Outbox, AutoCloseable {
    private static final int BATCH = 1;
    private static final int PUBLISHED = 2;
    private static final int SNAPSHOT = 3;
    private static final int SEGMENTS = 8;
    private static final long LEAST_WORTH = 4096;
    private static final long SEGMENT_BYTES = 1024 * 1024;

    private final AppendLog log;
    private final MachineId machine;
    private final Domain domain;
    private final SigningKey key;
    private final long segmentBytes;
    private final UnderWay underWay = new UnderWay();
    private long sequence;
    private Hash previous = Hash.ZERO;
    private Instant newest = Instant.EPOCH;
    private Position published = Position.START;
    private Position sent;

    /** @param domain of MaintenanceProvider */
    public TelemetryChain(AppendLog log, MachineId machine, Domain domain, SigningKey key) {
        this(log, machine, domain, key, SEGMENT_BYTES);
    }

    TelemetryChain(AppendLog log, MachineId machine, Domain domain, SigningKey key, long segmentBytes) {
        this.log = log;
        this.machine = machine;
        this.domain = domain;
        this.key = key;
        this.segmentBytes = segmentBytes;
        log.read(log.newestSegment(), (entry, after) -> {
            fold(entry);
            return true;
        });
        this.sent = published;
    }

    /** When the newest batch was made, by the machine's clock. */
    public Instant newest() {
        return newest;
    }

    /** The newest batch's number; 0 = none. */
    long sequence() {
        return sequence;
    }

    /** The newest batch's struct hash. */
    Hash newestBatch() {
        return previous;
    }

    /** Signs the body as the next batch and makes it durable. */
    public void add(TelemetryBody body) {
        var bytes = RecordCodec.perThread().encode(body);
        var batch = new TelemetryBatch(machine, sequence + 1, previous, Keccak.hash(bytes));
        var signed = TypedData.sign(batch, domain, key);
        var record = new TelemetryBatchRecord(
                Convert.bytes32(machine),
                batch.sequence(),
                Convert.bytes32(previous),
                java.nio.ByteBuffer.wrap(bytes),
                Convert.bytes64(signed.signature()));
        var entry = new ByteWriter()
                .u8(BATCH)
                .u64(batch.sequence())
                .hash(batch.structHash())
                .u64(body.getTime().toEpochMilli())
                .raw(RecordCodec.perThread().encode(Topic.EDGE_TELEMETRY, record))
                .toBytes();
        log.append(entry);
        fold(entry);
        if (log.end().offset() > segmentBytes) {
            roll();
        }
    }

    /**
     * Gives the oldest batches up, whether the log has them or not; the gap in the numbers says so.
     *
     * @return whether there were any to give up
     */
    public boolean dropOldest() {
        var newest = log.newestSegment().segment();
        if (log.oldest().segment() == newest) {
            if (log.end().offset() <= LEAST_WORTH) {
                return false;
            }
            roll();
        }
        log.dropBefore(log.oldest().segment() + 1);
        return true;
    }

    @Override
    public Optional<Parcel> next() {
        if (underWay.isFull()) {
            return Optional.empty();
        }
        var found = new Parcel[1];
        log.read(sent, (entry, after) -> {
            sent = after;
            if (entry[0] != BATCH) {
                return true;
            }
            found[0] = parcel(entry, after);
            return false;
        });
        var parcel = Optional.ofNullable(found[0]);
        parcel.ifPresent(underWay::add);
        return parcel;
    }

    @Override
    public void acknowledged(Parcel parcel) {
        underWay.acknowledged(parcel, done -> {
            published = done.end();
            log.note(mark());
            log.dropBefore(Math.min(published.segment(), log.newestSegment().segment()));
        });
    }

    @Override
    public void rewind() {
        underWay.clear();
        sent = published;
    }

    @Override
    public void close() {
        log.close();
    }

    private Parcel parcel(byte[] entry, Position after) {
        var in = new ByteReader(entry);
        in.u8();
        var number = in.u64();
        in.hash();
        var time = Instant.ofEpochMilli(in.u64());
        var record = RecordCodec.perThread().decode(in.raw(in.remaining()), TelemetryBatchRecord.class);
        return new Parcel(Topic.EDGE_TELEMETRY, machine.bytes(), record, machine + "-" + number, time, after, 1);
    }

    private void fold(byte[] entry) {
        var in = new ByteReader(entry);
        switch (in.u8()) {
            case BATCH -> {
                sequence = in.u64();
                previous = in.hash();
                newest = Instant.ofEpochMilli(in.u64());
            }
            case PUBLISHED -> published = new Position(in.u64(), in.u64());
            case SNAPSHOT -> {
                sequence = in.u64();
                previous = in.hash();
                newest = Instant.ofEpochMilli(in.u64());
                published = new Position(in.u64(), in.u64());
            }
            default -> throw new IllegalStateException("unknown telemetry record type " + entry[0]);
        }
    }

    private byte[] mark() {
        return new ByteWriter()
                .u8(PUBLISHED)
                .u64(published.segment())
                .u64(published.offset())
                .toBytes();
    }

    private void roll() {
        log.roll(new ByteWriter()
                .u8(SNAPSHOT)
                .u64(sequence)
                .hash(previous)
                .u64(newest.toEpochMilli())
                .u64(published.segment())
                .u64(published.offset())
                .toBytes());
        log.dropBefore(log.newestSegment().segment() - SEGMENTS + 1);
    }
}
