package io.crema.cli.audit;

import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Records as a log of one partition would hold them. Not thread-safe. */
final class LogOfTests {
    static final Domain PAYMENT = new Domain(31337, Address.fromHex("0x5fbdb2315678afecb367f032d93f642f64180aa3"));
    private static final long MUCH = 1_000;

    private final Map<Topic, Long> next = new HashMap<>();

    LogRecord record(Topic topic, byte[] key, SpecificRecord value) {
        return new LogRecord(
                topic, 0, offset(topic), key, RecordCodec.perThread().encode(value));
    }

    LogRecord garbage(Topic topic, byte[] key) {
        return new LogRecord(topic, 0, offset(topic), key, new byte[] {1, 2, 3});
    }

    private long offset(Topic topic) {
        return next.merge(topic, 1L, Long::sum) - 1;
    }

    /** A log of one partition, of which streams has folded every input up to the offset. */
    static LogEnds ends(long folded) {
        Map<Topic, long[]> ends = new EnumMap<>(Topic.class);
        Map<Topic, long[]> all = new EnumMap<>(Topic.class);
        for (var topic : Topic.values()) {
            ends.put(topic, new long[] {MUCH});
            all.put(topic, new long[] {folded});
        }
        return new LogEnds(ends, new long[] {MUCH}, all);
    }

    static LogEnds folded() {
        return ends(MUCH);
    }

    static Origin origin(long block, int logIndex) {
        return new Origin(
                PAYMENT.chainId(),
                Convert.bytes20(PAYMENT.verifyingContract()),
                block,
                Convert.bytes32(TypedData.keccak("block " + block)),
                Instant.ofEpochSecond(1_790_000_000L + block),
                Convert.bytes32(TypedData.keccak("transaction " + block)),
                logIndex);
    }

    static ChannelOpened opened(OneCustomer customer, long block, long deposit) {
        return new ChannelOpened(
                Convert.bytes32(customer.channel()),
                origin(block, 0),
                Convert.bytes20(customer.address()),
                Convert.bytes20(customer.payee()),
                1L,
                BigDecimal.valueOf(deposit),
                60);
    }

    static ChannelRedeemed redeemed(OneCustomer customer, long block, long total, long redeemed) {
        return new ChannelRedeemed(
                Convert.bytes32(customer.channel()),
                origin(block, 0),
                1L,
                BigDecimal.valueOf(total),
                Convert.bytes32(TypedData.keccak("history")),
                BigDecimal.ZERO,
                BigDecimal.valueOf(redeemed));
    }

    static LogReversed reversed(OneCustomer customer, long block) {
        return new LogReversed(
                Convert.bytes32(customer.channel()), origin(block, 0), "io.crema.events.ChannelRedeemed");
    }
}
