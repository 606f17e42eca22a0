package io.crema.ingest.watch;

import io.crema.contracts.value.Hash;
import io.crema.events.Bytes32;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import io.crema.events.ReversibleLog;
import io.crema.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record on its way into the log.
 *
 * @param key the raw key, 20 or 32 bytes; read only
 * @param origin the chain log it comes from
 */
public record LogRecord(Topic topic, ByteBuffer key, SpecificRecord value, Origin origin) {

    public static LogRecord of(Topic topic, byte[] key, SpecificRecord value, Origin origin) {
        return new LogRecord(topic, ByteBuffer.wrap(key.clone()).asReadOnlyBuffer(), value, origin);
    }

    /** The record that takes a published one back. */
    static LogRecord reversal(ReversibleLog log) {
        var topic = Topic.named(log.getTopic())
                .orElseThrow(() -> new IllegalStateException(
                        "the checkpoint names topic %s, which the catalogue does not have; use the version that wrote it"
                                .formatted(log.getTopic())));
        var value = new LogReversed(log.getSubject(), log.getOrigin(), log.getType());
        return new LogRecord(topic, log.getKey().asReadOnlyBuffer(), value, log.getOrigin());
    }

    /** How to take this one back. */
    public ReversibleLog reversible() {
        return new ReversibleLog(
                topic.topicName(),
                key.duplicate(),
                subject(),
                origin,
                value.getSchema().getFullName());
    }

    /** The same for a repeat: block hash and log index, marked where the log is taken back. */
    public String id() {
        var log = Hash.of(origin.getBlockHash().bytes()).hex() + ":" + origin.getLogIndex();
        return value instanceof LogReversed ? log + ":reversed" : log;
    }

    /** The time of the log's block. */
    public Instant time() {
        return origin.getBlockTime();
    }

    /** A copy of the raw key. */
    public byte[] keyBytes() {
        var bytes = new byte[key.remaining()];
        key.duplicate().get(bytes);
        return bytes;
    }

    private Bytes32 subject() {
        var padded = new byte[Hash.LENGTH];
        var bytes = keyBytes();
        System.arraycopy(bytes, 0, padded, padded.length - bytes.length, bytes.length);
        return new Bytes32(padded);
    }
}
