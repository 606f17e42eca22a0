package io.crema.projections;

import io.crema.contracts.crypto.Keccak;
import io.crema.events.*;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import io.crema.schemas.wire.RecordCodec;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what a small fleet would put into the log. Everything follows from the names given. */
public final class Fleet implements AutoCloseable {
    public static final int PARTITIONS = 3;
    public static final Bytes20 MANUFACTURER = account("manufacturer");
    public static final Bytes20 CUSTOMER = account("customer");
    public static final Bytes20 SENDER = account("sender");
    public static final Bytes20 PROVIDER = account("payment provider");
    public static final Bytes32 PRODUCT = id("espresso");
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<byte[]> kept = new ArrayList<>();

    public Fleet(String bootstrapServers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "fleet", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    public static Bytes32 id(String name) {
        return new Bytes32(Keccak.hash(name.getBytes(StandardCharsets.UTF_8)).bytes());
    }

    public static Bytes20 account(String name) {
        return new Bytes20(java.util.Arrays.copyOf(id(name).bytes(), 20));
    }

    public static BigDecimal units(long amount) {
        return BigDecimal.valueOf(amount);
    }

    public static Origin origin(String name, long block) {
        return new Origin(31337L, PROVIDER, block, id("block" + block), NOON.plusSeconds(block), id("tx " + name), 0);
    }

    /** Writes all of it in one transaction. */
    public void commit(Runnable writes) {
        producer.beginTransaction();
        writes.run();
        producer.commitTransaction();
    }

    public void abort(Runnable writes) {
        producer.beginTransaction();
        writes.run();
        producer.flush();
        producer.abortTransaction();
    }

    public void write(Topic topic, SpecificFixed key, SpecificRecord record) {
        write(topic, key.bytes(), RecordCodec.perThread().encode(topic, record));
    }

    public void write(Topic topic, byte[] key, byte[] value) {
        var partition = topic == Topic.CHAIN_CHECKPOINTS ? 0 : Partitions.of(key, PARTITIONS);
        kept.add(value);
        producer.send(new ProducerRecord<>(topic.topicName(), partition, key, value));
    }

    /** As if the log had got it at that time. */
    public void writeAt(Instant loggedAt, Topic topic, SpecificFixed key, SpecificRecord record) {
        var value = RecordCodec.perThread().encode(topic, record);
        var partition = Partitions.of(key.bytes(), PARTITIONS);
        kept.add(value);
        producer.send(new ProducerRecord<>(topic.topicName(), partition, loggedAt.toEpochMilli(), key.bytes(), value));
    }

    public void rent(String machine, String channel) {
        var index = channel.hashCode() & 0xff;
        write(
                Topic.CHAIN_PARTIES,
                MANUFACTURER,
                new MachineKeyRegistered(
                        MANUFACTURER,
                        origin("register " + machine, 1),
                        id(machine),
                        account("key of " + machine),
                        machine,
                        null,
                        null));
        write(
                Topic.CHAIN_CHANNELS,
                id(channel),
                new ChannelOpened(
                        id(channel),
                        origin("open " + channel, 2),
                        CUSTOMER,
                        MANUFACTURER,
                        (long) index,
                        units(10_000),
                        1440));
        write(
                Topic.CHAIN_AGREEMENTS,
                id("rental " + channel),
                new RentalConcluded(
                        id("rental " + channel),
                        origin("rent " + channel, 2),
                        id(machine),
                        id(channel),
                        MANUFACTURER,
                        CUSTOMER,
                        (long) index,
                        units(10_000)));
        balance(machine, channel, 0, 0, 0, "", 0);
    }

    public void sell(String machine, String channel, long sequence, long price, Instant time) {
        var total = sequence * price;
        write(
                Topic.RECEIPTS,
                id(channel),
                new ReceiptAccepted(
                        id(channel),
                        sequence,
                        units(total),
                        id("history " + sequence),
                        id("digest " + channel + sequence),
                        id("sale " + channel + sequence),
                        new SaleRecord(
                                id(machine),
                                PRODUCT,
                                units(price),
                                units(0),
                                account("employee"),
                                1L,
                                time,
                                id("salt")),
                        CUSTOMER,
                        MANUFACTURER,
                        true));
        balance(machine, channel, sequence, total, 0, "", 0);
    }

    public void balance(
            String machine,
            String channel,
            long receipts,
            long accepted,
            long redeemed,
            String waitingReason,
            long waiting) {
        write(
                Topic.BALANCES,
                id(channel),
                new ChannelBalance(
                        id(channel),
                        CUSTOMER,
                        MANUFACTURER,
                        (long) (channel.hashCode() & 0xff),
                        id(machine),
                        units(10_000),
                        units(accepted),
                        receipts,
                        units(waiting * 10),
                        waiting,
                        waitingReason,
                        units(redeemed),
                        null,
                        "OPEN",
                        false,
                        false,
                        null,
                        null,
                        null,
                        NOON.plusSeconds(receipts)));
    }

    public void hour(String machine, Instant hour, long cups, long revenue) {
        var key = ByteBuffer.allocate(72)
                .put(id(machine).bytes())
                .put(PRODUCT.bytes())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, hour))
                .array();
        write(
                Topic.MACHINE_HOURS,
                key,
                RecordCodec.perThread()
                        .encode(
                                Topic.MACHINE_HOURS,
                                new MachineHour(id(machine), PRODUCT, hour, cups, units(revenue))));
    }

    public void twin(String machine, long sequence, double temperature, Instant seen) {
        write(
                Topic.MACHINE_TWINS,
                id(machine),
                new MachineTwin(
                        id(machine),
                        Map.of("BoilerTempCoffee", new Reading("BoilerTempCoffee", "Cel", temperature, seen)),
                        new MachineEvent("ProgramFinished", "espresso", seen),
                        Map.of(),
                        sequence,
                        id("batch" + sequence),
                        seen,
                        0L,
                        "0.1.0"));
    }

    public void fault(String machine, String fault) {
        write(
                Topic.MACHINE_EVENTS,
                id(machine),
                new FaultRaised(
                        id(machine),
                        id(fault),
                        "boiler-too-hot",
                        "The boiler is at 131 Cel, allowed are 125.",
                        new Reading("BoilerTempCoffee", "Cel", 131.0, NOON),
                        id("evidence"),
                        NOON.minus(Duration.ofMinutes(5))));
        write(
                Topic.SERVICE_REQUESTS,
                id("request " + fault),
                new ServiceRequestOpened(
                        id("request " + fault),
                        id(machine),
                        id(fault),
                        "boiler-too-hot",
                        "The boiler is at 131 Cel, allowed are 125.",
                        id("evidence"),
                        NOON));
    }

    public void cleared(String machine, String fault) {
        write(
                Topic.MACHINE_EVENTS,
                id(machine),
                new FaultCleared(
                        id(machine), id(fault), "boiler-too-hot", new Reading("BoilerTempCoffee", "Cel", 93.0, NOON)));
    }

    public void intent(String channel, long sequence, long total) {
        var newest =
                new NewestReceipt(sequence, units(total), id("history " + sequence), new Bytes64(new byte[64]), null);
        write(
                Topic.INTENTS,
                id(channel),
                new RedeemChannel(
                        id("intent " + channel + total),
                        id("effect " + channel + total),
                        1,
                        id(channel),
                        CUSTOMER,
                        MANUFACTURER,
                        (long) (channel.hashCode() & 0xff),
                        newest,
                        units(total),
                        "THRESHOLD",
                        false,
                        NOON,
                        null));
    }

    public void transaction(String channel, long total, long nonce, TransactionStage stage) {
        var mined = stage == TransactionStage.MINED || stage == TransactionStage.CONFIRMED;
        write(
                Topic.TRANSACTIONS,
                SENDER,
                new TransactionStep(
                        SENDER,
                        nonce,
                        1,
                        stage,
                        id("tx redeem " + channel + total),
                        null,
                        PROVIDER,
                        List.of(new TransactionIntent(
                                id("intent " + channel + total),
                                id(channel),
                                id("effect " + channel + total),
                                1,
                                units(total))),
                        "REDEEM_MANY",
                        units(2_000_000_000L),
                        units(1_000_000_000L),
                        90_000L,
                        mined ? 7L : null,
                        mined ? id("block7") : null,
                        mined ? 61_000L : null,
                        mined ? units(1_000_000_007L) : null,
                        mined ? true : null,
                        "",
                        NOON.plusSeconds(stage.ordinal())));
    }

    public void redeemed(String channel, long sequence, long total) {
        write(
                Topic.CHAIN_CHANNELS,
                id(channel),
                new ChannelRedeemed(
                        id(channel),
                        origin("redeem " + channel + total, 7),
                        sequence,
                        units(total),
                        id("history " + sequence),
                        units(total),
                        units(total)));
        write(
                Topic.OUTCOMES,
                id(channel),
                new Outcome(
                        id(channel),
                        id("intent " + channel + total),
                        id("effect " + channel + total),
                        1,
                        OutcomeKind.DONE,
                        units(total),
                        id("tx redeem " + channel + total),
                        "",
                        NOON.plusSeconds(9)));
    }

    public void reversed(String channel, long total) {
        write(
                Topic.CHAIN_CHANNELS,
                id(channel),
                new LogReversed(
                        id(channel), origin("redeem " + channel + total, 7), "io.crema.events.ChannelRedeemed"));
    }

    public void refused(String machine) {
        write(
                Topic.QUARANTINE,
                id(machine),
                new Quarantined(
                        "edge.receipts.events.v1",
                        1,
                        17L,
                        ByteBuffer.wrap(id(machine).bytes()),
                        ByteBuffer.wrap(new byte[] {1, 2, 3}),
                        id("value"),
                        "BAD_SIGNATURE",
                        "receipt 3 is signed by 0x12, expected 0x34",
                        3L,
                        "streams",
                        NOON));
    }

    public void checkpoint(long block) {
        write(
                Topic.CHAIN_CHECKPOINTS,
                PROVIDER,
                new ChainCheckpoint(31337L, PROVIDER, block, id("block" + block), List.of()));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
