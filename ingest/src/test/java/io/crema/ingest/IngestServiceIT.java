package io.crema.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Hash;
import io.crema.events.ChainCheckpoint;
import io.crema.events.LogReversed;
import io.crema.events.ParticipantOnboarded;
import io.crema.ingest.IngestStatus.State;
import io.crema.ingest.decode.ContractLogs;
import io.crema.ingest.kafka.KafkaEventLog;
import io.crema.ingest.rpc.NodeReader;
import io.crema.ingest.watch.ChainWatcher;
import io.crema.platform.Anvil;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestServiceIT {
    private static final int PARTITIONS = 4;

    @TempDir
    Path dir;

    private EmbeddedBroker broker;
    private TestChain chain;
    private PublishedLog log;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.builder(dir.resolve("broker")).start();
        log = new PublishedLog(broker.bootstrapServers());
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
        }
        chain = new TestChain();
    }

    @AfterEach
    void stop() {
        chain.close();
        broker.close();
    }

    @Test
    void shouldBringEachEventInOnceWithKeyTimeAndHeaders() throws Exception {
        chain.onboard(1);
        try (var service = service(1)) {
            service.start();
            follow(service);
            var messages = log.read(Topic.CHAIN_PARTIES).stream()
                    .filter(message -> PublishedLog.value(message) instanceof ParticipantOnboarded)
                    .toList();
            assertThat(messages).singleElement().satisfies(message -> {
                var value = (ParticipantOnboarded) PublishedLog.value(message);
                assertThat(message.key()).isEqualTo(TestChain.account(1).bytes());
                assertThat(message.partition()).isEqualTo(Partitions.of(message.key(), PARTITIONS));
                assertThat(message.timestamp())
                        .isEqualTo(value.getOrigin().getBlockTime().toEpochMilli());
                assertThat(PublishedLog.header(message, "ce_id"))
                        .isEqualTo(Hash.of(value.getOrigin().getBlockHash().bytes())
                                        .hex() + ":0");
                assertThat(PublishedLog.header(message, "ce_type")).isEqualTo("io.crema.events.ParticipantOnboarded");
                assertThat(PublishedLog.header(message, "ce_source")).isEqualTo("/ingest/chain/31337");
            });
            var origin = ((ParticipantOnboarded) PublishedLog.value(messages.getFirst())).getOrigin();
            var checkpoint = (ChainCheckpoint)
                    PublishedLog.value(log.read(Topic.CHAIN_CHECKPOINTS).getLast());
            assertThat(checkpoint.getRecent())
                    .filteredOn(block -> block.getHash().equals(origin.getBlockHash()))
                    .singleElement()
                    .matches(block -> origin.getBlockTime().equals(block.getTime()));
        }
    }

    @Test
    void shouldGoOnWithoutGapOrRepeatAfterARestart() throws Exception {
        for (var run = 0; run < 3; run++) {
            chain.onboard(3 * run);
            chain.onboard(3 * run + 1);
            try (var service = service(1)) {
                service.start();
                chain.onboard(3 * run + 2);
                follow(service);
            }
        }
        assertThat(log.onboarded()).containsExactlyInAnyOrderElementsOf(accounts(0, 9));
    }

    @Test
    void shouldBackfillBeyondItsRange() throws Exception {
        for (var i = 0; i < 30; i++) {
            chain.onboard(i);
            chain.mine(5);
        }
        try (var service = service(1)) {
            service.start();
            follow(service);
        }
        assertThat(log.onboarded()).containsExactlyInAnyOrderElementsOf(accounts(0, 30));
    }

    @Test
    void shouldTakeBackWhatAReorgReplaced() throws Exception {
        try (var service = service(1)) {
            service.start();
            for (var i = 0; i < 6; i++) {
                chain.onboard(i);
            }
            follow(service);
            assertThat(log.onboarded()).hasSize(6);
            chain.reorg(3);
            Await.until("the reorg is taken back", () -> log.onboarded().size() == 3);
            chain.onboard(7);
            follow(service);
        }
        assertThat(log.onboarded()).containsExactlyInAnyOrder(address(0), address(1), address(2), address(7));
        var reversed = log.read(Topic.CHAIN_PARTIES).stream()
                .map(PublishedLog::value)
                .filter(LogReversed.class::isInstance)
                .toList();
        assertThat(reversed).hasSize(3);
    }

    @Test
    void shouldLoseAndRepeatNothingWhenItEndsBetweenAnySteps() throws Exception {
        for (var i = 0; i < 25; i++) {
            chain.onboard(i);
            // as after a SIGKILL: nothing is closed, the next one takes over with what is durable
            var abandoned = watcher(3);
            for (var step = 0; step < 1 + i % 3; step++) {
                abandoned.step();
            }
        }
        chain.mine(2);
        try (var service = service(3)) {
            service.start();
            follow(service, 3);
        }
        assertThat(log.onboarded()).containsExactlyInAnyOrderElementsOf(accounts(0, 25));
    }

    @Test
    void shouldStopWhenAnotherTakesOver() throws Exception {
        try (var first = service(1);
                var second = service(1)) {
            first.start();
            follow(first);
            second.start();
            chain.onboard(1);
            follow(second);
            Await.until("the first has stopped", () -> {
                onboardAnother();
                return first.status().state() == State.SUPERSEDED;
            });
            follow(second);
        }
        assertThat(log.onboarded()).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameAChainThatLostItsStateAndGoOnWhenItIsBack() throws Exception {
        var state = dir.resolve("state.json");
        chain.close();
        var anvil = Anvil.builder().blockPerTransaction().state(state).start();
        chain = new TestChain(anvil, null);
        var contracts = chain.contracts;
        chain.onboard(1);
        chain.mine(10);
        try (var service = service(1)) {
            service.start();
            follow(service);
        }
        chain.close();

        chain = new TestChain(Anvil.builder().blockPerTransaction().start(), contracts);
        try (var service = service(1)) {
            service.start();
            Await.until("refused", () -> service.status().state() == State.REFUSED);
            assertThat(service.status().sentence()).contains("behind its log", "data directory");
            chain.mine(100);
            Await.until("another chain", () -> service.status().sentence().contains("another chain"));
        }
        chain.close();
        assertThat(log.onboarded()).hasSize(1);

        chain = new TestChain(Anvil.builder().blockPerTransaction().state(state).start(), contracts);
        try (var service = service(1)) {
            service.start();
            chain.onboard(2);
            follow(service);
        }
        assertThat(log.onboarded()).containsExactlyInAnyOrder(address(1), address(2));
    }

    @Test
    void shouldWaitForABrokerAndAChainThatAreAway() throws Exception {
        try (var service = service(1)) {
            service.start();
            follow(service);
            broker.close();
            chain.onboard(1);
            Await.until("waiting", () -> service.status().state() == State.WAITING);
            broker.start();
            follow(service);
            assertThat(log.onboarded()).containsExactly(address(1));
            chain.anvil.close();
            Await.until("waiting", () -> service.status().state() == State.WAITING);
            assertThat(service.status().sentence()).contains("did not answer", "trying again");
        }
    }

    private int extra = 100;

    private void onboardAnother() {
        try {
            chain.onboard(extra++);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private IngestService service(int confirmations) {
        return new IngestService(chain.config(broker.bootstrapServers(), PARTITIONS, confirmations));
    }

    private ChainWatcher watcher(int confirmations) {
        var config = chain.config(broker.bootstrapServers(), PARTITIONS, confirmations);
        var deployment = config.deployments().getFirst();
        var watched = config.watched(deployment);
        return new ChainWatcher(
                watched,
                new NodeReader(config.rpcUrls().getFirst(), deployment.all()),
                new ContractLogs(
                        config.chainId(),
                        deployment.paymentProvider(),
                        deployment.identityProvider(),
                        deployment.rentalProvider(),
                        deployment.maintenanceProvider(),
                        deployment.supplyProvider()),
                new KafkaEventLog(config.bootstrapServers(), PARTITIONS, watched, deployment.all()));
    }

    private void follow(IngestService service) throws Exception {
        follow(service, 1);
    }

    private void follow(IngestService service, int confirmations) throws Exception {
        var confirmed = chain.head() - confirmations + 1;
        Await.until("block " + confirmed + " published", () -> service.status().published() >= confirmed);
    }

    private static String address(int account) {
        return TestChain.account(account).hex();
    }

    private static List<String> accounts(int from, int to) {
        return IntStream.range(from, to).mapToObj(IngestServiceIT::address).toList();
    }
}
