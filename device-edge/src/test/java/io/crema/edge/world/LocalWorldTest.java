package io.crema.edge.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.edge.EdgeConfig;
import io.crema.edge.KeptParcels;
import io.crema.edge.Office;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.runner.EdgeFleet;
import io.crema.events.ReceiptRun;
import io.crema.phone.PhoneCard;
import io.crema.schemas.convert.ReceiptRuns;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalWorldTest {
    private final Office office = new Office();
    private final KeptParcels port = new KeptParcels();

    @TempDir
    Path dir;

    @Test
    void shouldServePublishAndRemember() {
        MachineFolder.provision(dir, office.provisioning, office.machineKey);
        var phone = new PhoneCard(office.wallet());
        var press = new Press(Office.ESPRESSO, office.attempt());
        var world = new LocalWorld();
        try (var fleet = new EdgeFleet(EdgeConfig.of("none:1", dir), port, world)) {
            world.enter(fleet);
            fleet.start();

            var outcome = world.press(office.serial, press, phone, office.now);
            assertThat(outcome).isInstanceOf(TapOutcome.Served.class);
            assertThat(world.press(office.serial, press, phone, office.now)).isEqualTo(outcome);
            for (var cup = 0; cup < 200; cup++) {
                office.pass(30);
                var next = new Press(cup % 2 == 0 ? Office.LATTE : Office.ESPRESSO, office.attempt());
                assertThat(world.press(office.serial, next, phone, office.now)).isInstanceOf(TapOutcome.Served.class);
            }
            assertThat(world.hardware(office.serial).cups()).isEqualTo(201);
            Await.until(() -> fleet.unpublished() == 0);
        }
        var sequences = port.parcels().stream()
                .filter(parcel -> parcel.record() instanceof ReceiptRun)
                .flatMap(parcel -> ReceiptRuns.fromRecord((ReceiptRun) parcel.record()).stream())
                .map(receipt -> receipt.receipt().content().sequence())
                .toList();
        assertThat(sequences).hasSize(201).isSorted().doesNotHaveDuplicates();
        try (var fleet = new EdgeFleet(EdgeConfig.of("none:1", dir), port, world)) {
            world.enter(fleet);
            fleet.start();
            assertThat(fleet.unpublished()).isZero();
            assertThat(world.press(office.serial, new Press(Office.LATTE, office.attempt()), phone, office.now))
                    .isInstanceOfSatisfying(
                            TapOutcome.Served.class,
                            served -> assertThat(
                                            served.receipt().receipt().content().sequence())
                                    .isEqualTo(202));
        }
    }
}
