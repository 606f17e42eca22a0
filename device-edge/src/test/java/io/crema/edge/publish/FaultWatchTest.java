package io.crema.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Hash;
import io.crema.edge.Office;
import io.crema.edge.journal.MemoryLog;
import io.crema.edge.node.Ledger;
import io.crema.edge.world.SimulatedHardware;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FaultWatchTest {
    private final Office office = new Office();
    private final SimulatedHardware body = new SimulatedHardware();
    private final Telemetry telemetry = telemetry(new MemoryLog());

    @Test
    void shouldRaiseAFaultOnceItLastsAndUntilItIsClearlyGone() {
        read(93, 10);
        read(110, 10);
        assertThat(telemetry.fault()).isEmpty();
        read(104, 10);
        read(110, 10);
        read(111, 10);
        read(112, 10);
        assertThat(telemetry.fault()).isEmpty();
        read(110, 10);
        assertThat(telemetry.fault()).hasValueSatisfying(fault -> {
            assertThat(fault.sequence()).isEqualTo(7);
            assertThat(fault.batch()).isNotEqualTo(Hash.ZERO);
        });
        var raised = telemetry.fault();
        read(103, 10);
        assertThat(telemetry.fault()).isEqualTo(raised);
        read(99, 10);
        assertThat(telemetry.fault()).isEmpty();
    }

    @Test
    void shouldNotRaiseAnewWhatWasThereAtTheStart() {
        for (var minute = 0; minute < 5; minute++) {
            read(120, 60);
        }
        assertThat(telemetry.fault()).isEmpty();
    }

    @Test
    void shouldReportAgainAfterTheClockWentBack() {
        var back = office.now;
        office.pass(10_000_000);
        assertThat(telemetry.step()).isTrue();
        office.now = back;
        assertThat(telemetry.step()).isTrue();
        assertThat(telemetry.step()).isFalse();
        office.pass(10);
        assertThat(telemetry.step()).isTrue();
    }

    private void read(double celsius, long seconds) {
        office.pass(seconds);
        body.boilerTemperature(celsius);
        assertThat(telemetry.step()).isTrue();
    }

    private Telemetry telemetry(MemoryLog log) {
        var chain = new TelemetryChain(log, office.machine, office.domains.maintenance(), office.machineKey);
        return new Telemetry(
                chain,
                new Ledger(new MemoryLog(), office.channel),
                body,
                () -> office.now,
                Duration.ofSeconds(10),
                "test");
    }
}
