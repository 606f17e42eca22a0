package io.crema.cli.demo;

import io.crema.cli.onboarding.RentedMachine;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.events.ChannelBalance;
import io.crema.events.RedeemRequested;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.CloudEvents;
import io.crema.schemas.wire.RecordSerde;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Brings everything to rest: all receipts accepted, all money redeemed, as the log itself tells it. */
final class FinalRedemption {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 50;

    private final String bootstrapServers;
    private final BalanceTail balances;
    private final InstantSource clock;
    private final Supplier<String> statuses;

    /** @param statuses what the services say of themselves, for the message when it takes too long */
    FinalRedemption(String bootstrapServers, BalanceTail balances, InstantSource clock, Supplier<String> statuses) {
        this.bootstrapServers = bootstrapServers;
        this.balances = balances;
        this.clock = clock;
        this.statuses = statuses;
    }

    /** Waits until the log has accepted these totals. */
    void awaitAccepted(Map<ChannelId, Amount> totals) throws InterruptedException {
        await(
                "accept all receipts",
                () -> totals.entrySet().stream()
                        .allMatch(entry -> balance(entry.getKey(), ChannelBalance::getAccepted)
                                        .compareTo(entry.getValue())
                                >= 0));
    }

    /** Asks to redeem every machine's channel, and waits until the log tells that the chain has done it. */
    void redeem(List<RentedMachine> machines) throws InterruptedException {
        try (var producer = producer()) {
            var asked = Instant.MIN;
            var deadline = clock.instant().plus(PATIENCE);
            while (!machines.stream().allMatch(machine -> isRedeemed(machine.channel()))) {
                var now = clock.instant();
                if (now.isAfter(deadline)) {
                    throw late("redeem all channels");
                }
                if (!now.isBefore(asked.equals(Instant.MIN) ? now : asked.plus(ASK_AGAIN))) {
                    machines.stream()
                            .filter(machine -> !isRedeemed(machine.channel()))
                            .forEach(machine -> ask(producer, machine.channel(), now));
                    producer.flush();
                    asked = now;
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = clock.instant().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (clock.instant().isAfter(deadline)) {
                throw late(what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private DemoException late(String what) {
        return new DemoException("the services did not %s within %d s; they say: %s"
                .formatted(what, PATIENCE.toSeconds(), statuses.get()));
    }

    private boolean isRedeemed(ChannelId channel) {
        return balance(channel, ChannelBalance::getRedeemed).equals(balance(channel, ChannelBalance::getAccepted));
    }

    private Amount balance(ChannelId channel, Function<ChannelBalance, BigDecimal> field) {
        return balances.balance(channel).map(field).map(Convert::amount).orElse(Amount.ZERO);
    }

    private static void ask(KafkaProducer<byte[], SpecificRecord> producer, ChannelId channel, Instant now) {
        var request = new RedeemRequested(Convert.bytes32(channel), "the end of the demo", now);
        producer.send(new ProducerRecord<>(
                Topic.CHANNEL_COMMANDS.topicName(),
                null,
                channel.bytes(),
                request,
                CloudEvents.headers(request, channel + ":" + now.toEpochMilli(), "/cli/demo", channel.bytes(), now)));
    }

    private KafkaProducer<byte[], SpecificRecord> producer() {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(config, new ByteArraySerializer(), RecordSerde.serializer());
    }
}
