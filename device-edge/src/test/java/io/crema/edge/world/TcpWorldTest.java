package io.crema.edge.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.ByteWriter;
import io.crema.edge.EdgeConfig;
import io.crema.edge.Office;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.runner.EdgeFleet;
import io.crema.phone.PhoneCard;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TcpWorldTest {
    private final Office office = new Office();

    @TempDir
    Path dir;

    private final class Edge implements AutoCloseable {
        final WorldAttachments attachments;
        final EdgeFleet fleet;

        Edge(TcpWorld world) {
            attachments = new WorldAttachments(world.address());
            fleet = new EdgeFleet(
                    EdgeConfig.of("none:1", dir),
                    (parcel, _) -> CompletableFuture.completedFuture(parcel),
                    attachments);
            attachments.follow(fleet);
            fleet.start();
        }

        @Override
        public void close() {
            attachments.close();
            fleet.close();
        }
    }

    @Test
    void shouldEndEachAttemptInOneCupAlthoughTheEdgeGoesAwayAtAnyApdu() {
        MachineFolder.provision(dir, office.provisioning, office.machineKey);
        var card = new PhoneCard(office.wallet());
        try (var world = new TcpWorld(Duration.ofSeconds(30))) {
            var edge = new Edge[] {new Edge(world)};
            for (var limit = 0; limit < 12; limit++) {
                var left = new int[] {limit};
                ApduHandler phone = apdu -> {
                    if (left[0]-- == 0) {
                        edge[0].attachments.close();
                        Thread.startVirtualThread(() -> {
                            edge[0].fleet.close();
                            edge[0] = new Edge(world);
                        });
                    }
                    return card.process(apdu);
                };
                var press = new Press(Office.ESPRESSO, office.attempt());
                var outcome = world.press(office.serial, press, phone, office.now);
                var sequence = limit + 1L;
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                TapOutcome.Served.class,
                                served -> assertThat(served.receipt()
                                                .receipt()
                                                .content()
                                                .sequence())
                                        .isEqualTo(sequence));
                assertThat(world.hardware(office.serial).cups()).isEqualTo(sequence);
                office.pass(10);
                world.tick(office.serial, office.now);
            }
            edge[0].close();
        }
    }

    @Test
    void shouldAskTheNextEdgeWhenTheOneBeforeDiedInTheMiddleOfItsAnswer() throws IOException {
        MachineFolder.provision(dir, office.provisioning, office.machineKey);
        try (var world = new TcpWorld(Duration.ofSeconds(30));
                var socket =
                        new Socket(world.address().getAddress(), world.address().getPort())) {
            var dying = new DataOutputStream(socket.getOutputStream());
            var attach = WorldCodec.text(new ByteWriter(), office.serial).toBytes();
            dying.writeInt(attach.length);
            dying.writeByte(Wire.ATTACH);
            dying.write(attach);
            var phone = new PhoneCard(office.wallet());
            var press = new Press(Office.ESPRESSO, office.attempt());
            var outcome = CompletableFuture.supplyAsync(() -> world.press(office.serial, press, phone, office.now));
            assertThat(socket.getInputStream().read()).isNotNegative();
            dying.writeInt(100);
            dying.writeByte(Wire.OUTCOME);
            dying.write(new byte[3]);
            socket.shutdownOutput();

            try (var _ = new Edge(world)) {
                assertThat(outcome.join()).isInstanceOf(TapOutcome.Served.class);
            }
        }
    }

    @Test
    void shouldSayThatAMachineIsAway() {
        try (var world = new TcpWorld(Duration.ofMillis(50))) {
            assertThatThrownBy(() -> world.tick("CM-9", office.now))
                    .isInstanceOf(MachineAwayException.class)
                    .hasMessageContaining("CM-9");
        }
    }
}
