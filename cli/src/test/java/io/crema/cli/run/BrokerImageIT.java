package io.crema.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.crema.schemas.topic.Topic;
import java.io.IOException;
import java.net.ServerSocket;
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

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
