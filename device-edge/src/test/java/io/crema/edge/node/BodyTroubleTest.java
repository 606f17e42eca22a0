package io.crema.edge.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.value.Amount;
import io.crema.edge.Office;
import io.crema.edge.body.Body;
import io.crema.edge.body.BodyConfig;
import io.crema.edge.body.coffee.BoardFaultException;
import io.crema.edge.body.coffee.CoffeeBody;
import io.crema.edge.body.coffee.JobJournal;
import io.crema.edge.body.coffee.WatchedPace;
import io.crema.edge.body.http.RestBody;
import io.crema.edge.body.simulated.SimulatedMachine;
import io.crema.edge.body.simulated.SimulatedRestMachine;
import io.crema.edge.body.simulated.SimulatedRestMachine.Fault;
import io.crema.edge.journal.FileLog;
import io.crema.edge.publish.Telemetry;
import io.crema.edge.publish.TelemetryChain;
import io.crema.edge.world.SimulatedHardware;
import io.crema.events.TelemetryBatchRecord;
import io.crema.phone.PhoneCard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node with real bodies: what is in the way, what power loss leaves, and a machine that is away. */
final class BodyTroubleTest {
    private final Office office = new Office();

    @TempDir
    private Path folder;

    private int starts;

    private EdgeNode node(Hardware body, Ledger ledger) {
        return new EdgeNode(
                Knowledge.inMemory(() -> office.provisioning),
                office.machineKey,
                ledger,
                body,
                NodeClock.told(() -> office.now),
                office.random,
                Caps.NONE);
    }

    private Ledger ledger() {
        return new Ledger(FileLog.open(folder.resolve("journal"), "journal"), office.channel, 20_000);
    }

    private static BodyConfig config() throws IOException {
        return BodyConfig.parse(new ObjectMapper().readTree("""
                        {"adapter": "simulated", "products": [{"name": "Espresso", "grindSeconds": 1, "millilitres": 30}]}
                        """));
    }

    @Test
    void shouldSellNothingThatItCouldNotPour() {
        var body = new SimulatedHardware();
        body.obstacle("The water tank is empty.");
        try (var ledger = ledger()) {
            var phone = new PhoneCard(office.wallet());
            var press = new Press(Office.ESPRESSO, office.attempt());
            assertThat(node(body, ledger).press(press, phone::process))
                    .isEqualTo(new TapOutcome.Refused(Refusal.STOPPED, "The water tank is empty."));
            assertThat(ledger.newest()).isEmpty();
            body.obstacle("");
            phone.deactivated();
            assertThat(node(body, ledger).press(press, phone::process)).isInstanceOf(TapOutcome.Served.class);
        }
    }

    @Test
    void shouldTellTheBodysEventsInTelemetryOnce() {
        var body = new SimulatedHardware();
        try (var ledger = ledger();
                var chain = new TelemetryChain(
                        FileLog.open(folder.resolve("telemetry"), "telemetry"),
                        office.machine,
                        office.domains.maintenance(),
                        office.machineKey)) {
            var telemetry = new Telemetry(chain, ledger, body, () -> office.now, Duration.ofMinutes(1), "test");
            assertThat(telemetry.step()).isTrue();
            assertThat(telemetry.step()).isFalse();
            body.happened("DripTrayFull", "Present");
            assertThat(telemetry.step()).isTrue();
            assertThat(telemetry.step()).isFalse();
            chain.acknowledged(chain.next().orElseThrow());
            var batch = (TelemetryBatchRecord) chain.next().orElseThrow().record();
            assertThat(batch.toString()).contains("DripTrayFull", "Present");
        }
    }

    /** Runs on a simulated machine in virtual time; {@code meanwhile} is told whenever the body waits. */
    private CoffeeBody coffee(SimulatedMachine machine, Consumer<SimulatedMachine> meanwhile)
            throws IOException, BoardFaultException {
        var config = config();
        var pins = (BodyConfig.Pins) config.adapter();
        var virtual = machine.virtualTime();
        var looking = new CoffeeBody[1];
        var pace = new WatchedPace(virtual, () -> {
            meanwhile.accept(machine);
            looking[0].look();
        });
        var jobs = JobJournal.open(folder.resolve("body"));
        looking[0] = new CoffeeBody(config.type(), pins.wiring(), pins.limits(), machine.board(), jobs, pace);
        for (var i = 0; i < 100; i++) {
            virtual.pause(TimeUnit.MILLISECONDS.toNanos(20));
            looking[0].look();
        }
        starts++;
        return looking[0];
    }

    @Test
    void shouldCreditACupThatPowerLossCutOffAndNeverPourItAgain() throws Exception {
        var machine = new SimulatedMachine((BodyConfig.Pins) config().adapter());
        var phone = new PhoneCard(office.wallet());
        var press = new Press(Office.ESPRESSO, office.attempt());
        try (var ledger = ledger();
                var body = coffee(machine, it -> {
                    if (it.poured() > 10) {
                        throw new IllegalStateException("power is gone");
                    }
                })) {
            var node = node(body, ledger);
            assertThatThrownBy(() -> node.press(press, phone::process)).hasMessage("power is gone");
        }
        phone.deactivated();
        var poured = machine.poured();
        try (var ledger = ledger();
                var body = coffee(machine, _ -> {})) {
            var node = node(body, ledger);
            node.settle();
            assertThat(ledger.unreported()).hasSize(1);
            assertThat(ledger.credit()).isEqualTo(Amount.of(1_500_000));
            assertThat(node.press(press, phone::process)).isInstanceOf(TapOutcome.Failed.class);
            assertThat(machine.poured()).isEqualTo(poured);
            phone.deactivated();
            assertThat(node.press(new Press(Office.ESPRESSO, office.attempt()), phone::process))
                    .isInstanceOfSatisfying(
                            TapOutcome.Served.class,
                            served ->
                                    assertThat(served.receipt().sale().credit()).isEqualTo(Amount.of(1_500_000)));
            assertThat(machine.poured()).isBetween(poured + 29, poured + 32);
        }
        assertThat(starts).isEqualTo(2);
    }

    @Test
    void shouldFindOutLaterWhatAMachineDidThatWentAway() throws Exception {
        var type = config().type();
        try (var machine = new SimulatedRestMachine(type, 0);
                var ledger = ledger();
                Body body = new RestBody(
                        type,
                        new BodyConfig.Rest(
                                machine.address(),
                                Optional.empty(),
                                Duration.ofSeconds(2),
                                Duration.ofMillis(300),
                                Duration.ofMillis(10)))) {
            ((RestBody) body).look();
            var node = node(body, ledger);
            var phone = new PhoneCard(office.wallet());
            var press = new Press(Office.ESPRESSO, office.attempt());
            machine.faults((_, _) -> Fault.ANSWER_LOST);
            assertThatThrownBy(() -> node.press(press, phone::process)).isInstanceOf(HardwareAwayException.class);
            assertThatThrownBy(node::settle).isInstanceOf(HardwareAwayException.class);
            machine.faults((_, _) -> Fault.NONE);
            node.settle();
            phone.deactivated();
            assertThat(node.press(press, phone::process)).isInstanceOf(TapOutcome.Served.class);
            assertThat(ledger.unreported()).isEmpty();
            assertThat(machine.cups()).isEqualTo(1);
        }
    }
}
