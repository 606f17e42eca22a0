package io.crema.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.crema.events.ChannelBalance;
import io.crema.events.Quarantined;
import io.crema.events.ReceiptAccepted;
import io.crema.schemas.topic.Topic;
import io.crema.streams.StreamsConfig;
import io.crema.streams.StreamsService;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

@Tag("long")
final class BrokerImageIT {
    private static @Nullable GenericContainer<?> container;
    private static String bootstrapServers = "";

    @BeforeAll
    static void startTheBrokerFromTheLocalImage() throws IOException {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "no container engine: start one, or run .ci/containers-up.sh as root on Debian");
        var host = DockerClientFactory.instance().dockerHostIpAddress();
        var port = freePort();
        bootstrapServers = host + ":" + port;
        var broker = new GenericContainer<>(LocalImage.build())
                .withCommand("run", "broker", "--reachable-as", host, "--port", Integer.toString(port))
                .withCreateContainerCmdModifier(command -> Objects.requireNonNull(command.getHostConfig())
                        .withPortBindings(new PortBinding(Ports.Binding.bindPort(port), ExposedPort.tcp(port))))
                .withExposedPorts(port)
                .waitingFor(Wait.forLogMessage("broker ready at .*\\n", 1).withStartupTimeout(Duration.ofMinutes(2)));
        container = broker;
        broker.start();
    }

    @AfterAll
    static void stop() {
        if (container != null) {
            container.stop();
        }
    }

    @Test
    void shouldServeEveryTopicOfTheCatalogue() throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .containsAll(
                            Arrays.stream(Topic.values()).map(Topic::topicName).toList());
        }
    }

    /** The balances' path: a rental's channel, cups, a forged cup, in this order, to receipts, balances and quarantine. */
    @Test
    void shouldFoldReceiptsIntoBalancesAndQuarantineAForgedOne(@TempDir Path dir) {
        var sales = new OneChannel();
        try (var streams = new StreamsService(config(dir));
                var log = new LogClient(bootstrapServers)) {
            streams.start();
            log.send(Topic.CHAIN_CHANNELS, sales.key(), sales.opened(1_000));
            log.send(Topic.EDGE_RECEIPTS, sales.key(), sales.sell(5, 120));
            log.send(Topic.EDGE_RECEIPTS, sales.key(), sales.forged(120));
            log.send(Topic.EDGE_RECEIPTS, sales.key(), sales.sell(2, 150));

            var accepted = log.read(Topic.RECEIPTS, ReceiptAccepted.class, seen -> seen.size() >= 7);
            assertThat(accepted).extracting(ReceiptAccepted::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
            var balance = log.read(
                            Topic.BALANCES,
                            ChannelBalance.class,
                            seen -> seen.stream().anyMatch(row -> row.getReceipts() == 7))
                    .getLast();
            assertThat(balance.getAccepted()).isEqualTo(BigDecimal.valueOf(5 * 120 + 2 * 150));
            assertThat(balance.getDeposited()).isEqualTo(BigDecimal.valueOf(1_000));
            var refused = log.read(Topic.QUARANTINE, Quarantined.class, seen -> !seen.isEmpty());
            assertThat(refused).hasSize(1).first().satisfies(one -> {
                assertThat(one.getTopic()).isEqualTo(Topic.EDGE_RECEIPTS.topicName());
                assertThat(one.getReason()).isNotBlank();
            });
        }
    }

    private static StreamsConfig config(Path dir) {
        return StreamsConfig.fromEnvironment(Map.of(
                "CREMA_BOOTSTRAP_SERVERS", bootstrapServers,
                "CREMA_CHAIN_ID", Long.toString(OneChannel.domain().chainId()),
                "CREMA_PAYMENT_PROVIDER",
                        OneChannel.domain().verifyingContract().hex(),
                "CREMA_MAINTENANCE_PROVIDER",
                        OneChannel.domain().verifyingContract().hex(),
                "CREMA_DATA_DIR", dir.toString()));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
