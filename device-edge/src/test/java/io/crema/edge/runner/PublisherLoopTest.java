package io.crema.edge.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.KeptParcels;
import io.crema.edge.Office;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.node.Caps;
import io.crema.edge.node.Hardware;
import io.crema.edge.node.HardwareAwayException;
import io.crema.edge.node.NodeClock;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.publish.Parcel;
import io.crema.edge.world.Await;
import io.crema.edge.world.SimulatedHardware;
import io.crema.phone.PhoneCard;
import io.crema.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublisherLoopTest {
    private final Office office = new Office();
    private final KeptParcels port = new KeptParcels();

    @TempDir
    Path dir;

    @Test
    void shouldPublishReceiptsWhileTheBodyDoesNotAnswer() {
        publishesThough(new HardwareAwayException("unplugged"));
    }

    @Test
    void shouldPublishReceiptsWhileTheDiskTakesNoTelemetry() {
        publishesThough(new UncheckedIOException(new IOException("Read-only file system")));
    }

    private void publishesThough(RuntimeException trouble) {
        var folder = MachineFolder.provision(dir, office.provisioning, office.machineKey);
        try (var host = new MachineHost(
                folder,
                office.machineKey,
                List.of(),
                new Silent(trouble),
                NodeClock.told(() -> office.now),
                Caps.NONE,
                Duration.ofSeconds(1),
                new SecureRandom())) {
            var phone = new PhoneCard(office.wallet());
            var outcome = host.press(new Press(Office.ESPRESSO, office.attempt()), phone::process);
            assertThat(outcome).isInstanceOf(TapOutcome.Served.class);
            try (var _ = new PublisherLoop(host, port)) {
                Await.until(() -> host.unpublished() == 0);
            }
            assertThat(port.parcels()).extracting(Parcel::topic).containsOnly(Topic.EDGE_RECEIPTS);
        }
    }

    /** Pours, and cannot be asked how it is. */
    private record Silent(RuntimeException trouble, SimulatedHardware body) implements Hardware {
        Silent(RuntimeException trouble) {
            this(trouble, new SimulatedHardware());
        }

        @Override
        public PourResult pour(Hash job, ProductId product) {
            return body.pour(job, product);
        }

        @Override
        public JobState recall(Hash job) {
            return body.recall(job);
        }

        @Override
        public List<SensorValue> sensors() {
            throw trouble;
        }
    }
}
