package io.crema.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Address;
import io.crema.events.ParticipantOnboarded;
import io.crema.ingest.IngestStatus.State;
import io.crema.ingest.watch.Finality;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that lie, lag, refuse or fall silent, before a real chain: no event that is not on the chain gets into the log. */
final class NodesIT {
    private static final int PARTITIONS = 4;
    private static final Finality NEWEST = new Finality.Confirmations(1);
    private static final Pattern FIRST_LOG = Pattern.compile("\\{\"address\":[^{}]*\\},?");

    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;
    private static PublishedLog log;

    private TestChain chain;
    private LyingNode liar;
    private LyingNode honest;
    private LyingNode other;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.builder(dir.resolve("broker")).start();
        log = new PublishedLog(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
        }
        chain = new TestChain();
        liar = new LyingNode(chain.anvil.rpcUrl());
        honest = new LyingNode(chain.anvil.rpcUrl());
        other = new LyingNode(chain.anvil.rpcUrl());
    }

    @AfterEach
    void stop() throws Exception {
        other.close();
        honest.close();
        liar.close();
        chain.close();
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var ours = List.of(
                    Topic.CHAIN_CHANNELS.topicName(),
                    Topic.CHAIN_PARTIES.topicName(),
                    Topic.CHAIN_AGREEMENTS.topicName(),
                    Topic.CHAIN_CHECKPOINTS.topicName());
            admin.deleteTopics(ours).all().get();
            Await.until("topics deleted", () -> {
                try {
                    return admin.listTopics().names().get().stream().noneMatch(ours::contains);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    @Test
    void shouldPublishNothingWhileTwoNodesDifferOnALog() throws Exception {
        try (var service = service(liar, honest)) {
            service.start();
            follow(service);
            liar.falsify("eth_getLogs", answer -> answer.replaceAll("(\"data\":\"0x0{63})2", "$17"));
            chain.onboard(1);
            refused(service);
            assertThat(service.status().sentence())
                    .contains("the nodes differ on logs of block", name(liar), name(honest), "1 logs (digest")
                    .contains("alone has log 0 of block " + chain.head(), "CREMA_RPC_URLS");
            assertThat(log.onboarded()).isEmpty();
            liar.tellTheTruth();
            follow(service);
        }
        assertThat(log.onboarded()).containsExactly(address(1));
    }

    @Test
    void shouldBelieveTwoNodesAgainstOneThatChangesAnEvent() throws Exception {
        for (var i = 0; i < 5; i++) {
            chain.onboard(i);
            chain.mine(20);
        }
        liar.falsify("eth_getLogs", answer -> answer.replaceAll("(\"data\":\"0x0{63})2", "$17"));
        try (var service = service(liar, honest, other)) {
            service.start();
            follow(service);
            chain.onboard(6);
            follow(service);
            var onboarded = new int[] {10};
            Await.until("the liar is named", () -> {
                onboard(onboarded[0]++);
                return service.status().sentence().contains(name(liar) + " differs from the others");
            });
            liar.tellTheTruth();
            Await.until("the liar is believed again", () -> {
                onboard(onboarded[0]++);
                return !service.status().sentence().contains(name(liar));
            });
        }
        assertThat(log.onboarded()).contains(address(3), address(6));
        assertThat(log.read(Topic.CHAIN_PARTIES))
                .extracting(PublishedLog::value)
                .filteredOn(ParticipantOnboarded.class::isInstance)
                .extracting(value -> ((ParticipantOnboarded) value).getRoles())
                .containsOnly(List.of("CUSTOMER"));
    }

    @Test
    void shouldSeeFromOneNodeAloneThatABlocksHashIsFalse() throws Exception {
        try (var service = service(liar)) {
            service.start();
            follow(service);
            liar.falsify(
                    "eth_getBlockByNumber",
                    answer -> answer.replaceAll("\"hash\":\"0x[0-9a-f]{8}", "\"hash\":\"0x00000000"));
            chain.onboard(1);
            refused(service);
            assertThat(service.status().sentence()).contains("but the header that it gives has", name(liar));
            liar.tellTheTruth();
            follow(service);
        }
        assertThat(log.onboarded()).containsExactly(address(1));
    }

    @Test
    void shouldSeeFromOneNodeAloneThatALogIsMissing() throws Exception {
        try (var service = service(liar)) {
            service.start();
            follow(service);
            liar.falsify("eth_getLogs", answer -> FIRST_LOG.matcher(answer).replaceFirst(""));
            chain.onboard(1);
            refused(service);
            assertThat(service.status().sentence()).contains("0 logs", "receipts have 1");
            liar.tellTheTruth();
            follow(service);
        }
        assertThat(log.onboarded()).containsExactly(address(1));
    }

    @Test
    void shouldGoOnWithoutANodeThatLags() throws Exception {
        liar.lag(5);
        try (var service = service(liar, honest, other)) {
            service.start();
            for (var i = 0; i < 8; i++) {
                chain.onboard(i);
            }
            follow(service);
            assertThat(service.status().sentence()).contains(name(liar) + " is behind the others");
        }
        assertThat(log.onboarded()).hasSize(8);
    }

    @Test
    void shouldFollowTheSlowerOfTwo() throws Exception {
        liar.lag(5);
        try (var service = service(liar, honest)) {
            service.start();
            for (var i = 0; i < 8; i++) {
                chain.onboard(i);
            }
            var slower = chain.head() - 5;
            Await.until("as far as both have", () -> service.status().published() == slower);
            assertThat(log.onboarded()).hasSize(3);
            liar.tellTheTruth();
            follow(service);
        }
        assertThat(log.onboarded()).hasSize(8);
    }

    @Test
    void shouldLeaveANodeAloneThatIsAskedTooOften() throws Exception {
        chain.onboard(1);
        liar.refuse(429);
        try (var service = service(liar)) {
            service.start();
            Await.until("waiting", () -> service.status().state() == State.WAITING);
            assertThat(service.status().sentence()).contains("HTTP 429", "trying again");
            assertThat(liar.questions.get()).isLessThan(10);
            liar.tellTheTruth();
            follow(service);
        }
        assertThat(log.onboarded()).containsExactly(address(1));
    }

    @Test
    void shouldAskForLessWhenARangeIsRefused() throws Exception {
        for (var i = 0; i < 12; i++) {
            chain.onboard(i);
            chain.mine(10);
        }
        liar.lie((question, answer) -> question.contains("eth_getLogs") && tooLarge(question)
                ? "{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-32602,\"message\":\"block range is too wide\"}}"
                : answer);
        try (var service = service(liar)) {
            service.start();
            follow(service);
        }
        assertThat(log.onboarded()).hasSize(12);
    }

    @Test
    void shouldPublishOnlyFinalBlocks() throws Exception {
        var nodes = Nodes.of(List.of(honest.url()));
        try (var service = service(nodes, Finality.Tag.FINALIZED)) {
            service.start();
            chain.onboard(1);
            chain.mine(10);
            chain.onboard(2);
            Await.until("the first is final", () -> log.onboarded().size() == 1);
            assertThat(service.status().published()).isLessThan(chain.head());
            chain.mine(10);
            Await.until("the second is final", () -> log.onboarded().size() == 2);
        }
    }

    @Test
    void shouldBeToldOfBlocksAndPollWhileNobodyTells() throws Exception {
        try (var wire = new LyingNode.Wire(chain.anvil.rpcUrl());
                var service = service(new Nodes(List.of(honest.url()), List.of(wire.url()), 1), NEWEST)) {
            service.start();
            Await.until("connected", () -> wire.connections.get() == 1);
            chain.onboard(1);
            follow(service);
            wire.cut();
            chain.onboard(2);
            follow(service);
            wire.mend();
            Await.until("connected again", () -> wire.connections.get() == 2);
            chain.onboard(3);
            follow(service);
        }
        assertThat(log.onboarded()).containsExactlyInAnyOrder(address(1), address(2), address(3));
    }

    @Test
    void shouldWatchSeveralDeployments() throws Exception {
        chain.onboard(1);
        var second = chain.deployAnother();
        var config = chain.config(broker.bootstrapServers(), PARTITIONS, 1);
        var both = new IngestConfig(
                config.bootstrapServers(),
                PARTITIONS,
                config.chainId(),
                config.nodes(),
                List.of(WatchedContracts.of(chain.contracts), WatchedContracts.of(second.contracts)),
                config.finality(),
                config.pollInterval(),
                config.range());
        try (var service = new IngestService(both)) {
            service.start();
            second.onboard(2);
            chain.onboard(3);
            follow(service);
            chain.reorg(1);
            second.onboard(4);
            second.onboard(5);
            follow(service);
            Await.until("both", () -> log.onboarded().size() == 4);
        }
        assertThat(log.onboarded()).containsExactlyInAnyOrder(address(1), address(2), address(4), address(5));
        assertThat(log.read(Topic.CHAIN_CHECKPOINTS))
                .extracting(message -> Address.of(message.key()))
                .contains(chain.contracts.paymentProvider(), second.contracts.paymentProvider());
    }

    private static boolean tooLarge(String question) {
        var range = Pattern.compile("\"fromBlock\":\"0x([0-9a-f]+)\",\"toBlock\":\"0x([0-9a-f]+)\"")
                .matcher(question);
        return range.find() && Long.parseLong(range.group(2), 16) - Long.parseLong(range.group(1), 16) >= 4;
    }

    private void onboard(int account) {
        try {
            chain.onboard(account);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private IngestService service(LyingNode... nodes) {
        List<URI> urls =
                IntStream.range(0, nodes.length).mapToObj(i -> nodes[i].url()).toList();
        return service(Nodes.of(urls), NEWEST);
    }

    private IngestService service(Nodes nodes, Finality finality) {
        return new IngestService(chain.config(broker.bootstrapServers(), PARTITIONS, nodes, finality));
    }

    private void follow(IngestService service) throws Exception {
        var head = chain.head();
        Await.until("block " + head + " published", () -> service.status().published() >= head);
    }

    private static void refused(IngestService service) throws Exception {
        Await.until("refused", () -> service.status().state() == State.REFUSED);
    }

    private static String name(LyingNode node) {
        return node.url().toString();
    }

    private static String address(int account) {
        return TestChain.account(account).hex();
    }
}
