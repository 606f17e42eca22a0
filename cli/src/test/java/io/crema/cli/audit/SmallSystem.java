package io.crema.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.cli.fleet.DerivedKeys;
import io.crema.cli.fleet.Rentals;
import io.crema.cli.fleet.SendingKey;
import io.crema.cli.fleet.TestAccounts;
import io.crema.cli.onboarding.RentedMachine;
import io.crema.cli.system.Environment;
import io.crema.cli.system.EnvironmentFile;
import io.crema.cli.system.RunningService;
import io.crema.cli.system.ServiceName;
import io.crema.cli.system.Services;
import io.crema.contracts.value.Amount;
import io.crema.events.ChannelBalance;
import io.crema.platform.Anvil;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import io.crema.schemas.wire.RecordSerde;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;

/** A broker, a chain, rented machines, and the services that fold and settle; customers sign their receipts themselves. */
public final class SmallSystem implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final List<ServiceName> SERVICES =
            List.of(ServiceName.INGEST, ServiceName.STREAMS, ServiceName.SETTLEMENT);

    private final Path folder;
    private final Anvil chain = Anvil.builder().blockPerTransaction().start();
    private final EmbeddedBroker broker;
    private final Rentals rentals;
    private final List<OneCustomer> customers = new ArrayList<>();
    private final Map<ServiceName, RunningService> services = new HashMap<>();
    private final KafkaProducer<byte[], SpecificRecord> producer;

    public SmallSystem(Path folder, int machines, long deposit) throws IOException, InterruptedException {
        this.folder = folder;
        broker = EmbeddedBroker.builder(folder.resolve("kafka")).start();
        await(this::createTopics);
        var web3 = Web3j.build(new HttpService(chain.rpcUrl()));
        rentals = new Rentals(web3, TestAccounts.first(2 + machines), folder, new DerivedKeys(5), machines);
        for (RentedMachine machine : rentals.rent(java.util.Collections.nCopies(machines, Amount.of(deposit)))) {
            customers.add(new OneCustomer(machine, rentals.contracts().paymentDomain()));
        }
        web3.shutdown();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0),
                new ByteArraySerializer(),
                RecordSerde.serializer());
        var keys = SendingKey.in(folder.resolve("keys"), rentals.manufacturer().key());
        var environment = environment(chain.rpcUrl())
                .set("CREMA_KEYSTORE", keys.file())
                .set("CREMA_KEYSTORE_PASSWORD_FILE", keys.passwordFile())
                .set("CREMA_REDEEM_THRESHOLD", 1_000_000)
                .set("CREMA_REDEEM_CRITICAL_SHARE", 0);
        for (var name : SERVICES) {
            var service = Services.create(name, environment.of(name, folder));
            service.start();
            services.put(name, service);
        }
        for (var service : services.values()) {
            assertThat(service.awaitReady(PATIENCE)).as(service.status()).isTrue();
        }
    }

    /** A fresh broker may not know a topic yet that it has just made. */
    private boolean createTopics() {
        try (var admin = admin()) {
            new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
            return true;
        } catch (IllegalStateException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while topics were made", e);
        }
    }

    private Environment environment(String rpcUrl) {
        return new Environment().kafka(broker.bootstrapServers(), PARTITIONS).chain(rpcUrl, rentals.contracts(), 1);
    }

    /** What a command of ours finds the system by, and the chain by the address. */
    public Path environmentFile(String rpcUrl) throws IOException {
        var file = folder.resolve("crema-" + Integer.toHexString(rpcUrl.hashCode()) + ".env");
        EnvironmentFile.write(file, environment(rpcUrl).shared());
        return file;
    }

    public Path environmentFile() throws IOException {
        return environmentFile(chain.rpcUrl());
    }

    public SendingKey sendingKey() throws IOException {
        return SendingKey.in(folder.resolve("keys"), rentals.manufacturer().key());
    }

    public String rpcUrl() {
        return chain.rpcUrl();
    }

    public OneCustomer customer(int index) {
        return customers.get(index);
    }

    public List<OneCustomer> customers() {
        return customers;
    }

    /** Returns when the broker has it. */
    public long send(Topic topic, byte[] key, SpecificRecord record) {
        try {
            return producer.send(new ProducerRecord<>(topic.topicName(), key, record))
                    .get()
                    .offset();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the broker did not take a record for " + topic, e);
        }
    }

    /** The newest record of the key in the topic that is as wanted. */
    public <T extends SpecificRecord> Optional<T> newest(Topic topic, byte[] key, Class<T> type, Predicate<T> wanted) {
        var found = new AtomicReference<T>();
        try (var log = new LogReader(broker.bootstrapServers())) {
            log.forEach(
                    topic, LogEnds.take(broker.bootstrapServers(), ends -> {}).end(topic), record -> {
                        if (java.util.Arrays.equals(record.key(), key)
                                && type.isInstance(record.value().orElse(null))
                                && wanted.test(type.cast(record.value().orElseThrow()))) {
                            found.set(type.cast(record.value().orElseThrow()));
                        }
                    });
        }
        return Optional.ofNullable(found.get());
    }

    public void awaitBalance(OneCustomer customer, Predicate<ChannelBalance> wanted) throws InterruptedException {
        await(() -> newest(Topic.BALANCES, customer.key(), ChannelBalance.class, row -> true)
                .filter(wanted)
                .isPresent());
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    /** Stops the services; the log stays as it is. */
    public void stopServices() {
        services.values().forEach(RunningService::close);
        services.clear();
    }

    /** Says for streams that it has folded all that is in the topic now. */
    public void callFolded(Topic topic) throws ExecutionException, InterruptedException {
        try (var admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            var ends =
                    LogEnds.take(broker.bootstrapServers(), checkpoints -> {}).end(topic);
            for (var partition = 0; partition < ends.length; partition++) {
                offsets.put(new TopicPartition(topic.topicName(), partition), new OffsetAndMetadata(ends[partition]));
            }
            admin.alterConsumerGroupOffsets(LogEnds.GROUP, offsets).all().get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()));
    }

    @Override
    public void close() {
        producer.close();
        stopServices();
        broker.close();
        chain.close();
    }
}
