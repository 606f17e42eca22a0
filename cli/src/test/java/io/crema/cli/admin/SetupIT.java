package io.crema.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.cli.system.ServiceName;
import io.crema.cli.system.Services;
import io.crema.platform.Anvil;
import io.crema.platform.SharedBroker;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SetupIT {
    @TempDir
    Path folder;

    @Test
    void shouldMakeAllReadyOnceAndChangeNothingTheSecondTime() throws Exception {
        try (var chain = Anvil.builder().blockPerTransaction().start()) {
            var setup = setup(chain.rpcUrl(), SharedBroker.get().bootstrapServers(), 4);
            var first = setup.run(new Waiting(Duration.ofSeconds(30)));
            var state = snapshot();
            assertThat(first.getFirst()).isEqualTo("4 machines are rented to 4 companies.");
            assertThat(state.keySet())
                    .contains(
                            "shared/contracts.json",
                            "shared/crema.env",
                            "shared/directory.json",
                            "shared/keys/manufacturer.json",
                            "edge/machines/CM-0004/provisioning.json");

            assertThat(setup.run(new Waiting(Duration.ofSeconds(30))).getFirst())
                    .isEqualTo("4 machines are rented to 4 companies, as before.");
            assertThat(snapshot()).isEqualTo(state);

            shouldConfigureTheServicesThatNeedNoDatabase();
        }
    }

    @Test
    void shouldRefuseMachinesOfWhichItKnowsNothing() throws Exception {
        try (var chain = Anvil.builder().blockPerTransaction().start()) {
            var setup = setup(chain.rpcUrl(), SharedBroker.get().bootstrapServers(), 1);
            setup.run(new Waiting(Duration.ofSeconds(30)));
            Files.delete(folder.resolve("shared/fleet.json"));
            assertThatThrownBy(() -> setup.run(new Waiting(Duration.ofSeconds(30))))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("CM-0001");
        }
    }

    @Test
    void shouldNameWhatDoesNotAnswer() throws Exception {
        var nowhere = "http://127.0.0.1:" + closedPort();
        assertThatThrownBy(() ->
                        setup(nowhere, SharedBroker.get().bootstrapServers(), 1).run(new Waiting(Duration.ZERO)))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("the chain at " + nowhere);
    }

    private void shouldConfigureTheServicesThatNeedNoDatabase() throws Exception {
        for (var name : new ServiceName[] {ServiceName.INGEST, ServiceName.SETTLEMENT, ServiceName.STREAMS}) {
            Map<String, String> environment = new HashMap<>();
            try (var lines = Files.lines(folder.resolve("shared/crema.env"))) {
                lines.map(line -> line.split("=", 2)).forEach(pair -> environment.put(pair[0], pair[1]));
            }
            environment.put("CREMA_DATA_DIR", folder.resolve(name.text()).toString());
            Services.create(name, environment).close();
        }
    }

    private Setup setup(String rpcUrl, String bootstrapServers, int machines) {
        return new Setup(
                folder.resolve("shared"),
                folder.resolve("edge"),
                rpcUrl,
                new Setup.Kafka(bootstrapServers, 4, (short) 1),
                machines,
                machines);
    }

    /** Every file with its content. */
    private Map<String, Integer> snapshot() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
