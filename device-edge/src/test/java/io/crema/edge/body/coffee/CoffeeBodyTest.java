package io.crema.edge.body.coffee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.body.BodyConfig;
import io.crema.edge.body.Quantity;
import io.crema.edge.body.simulated.SimulatedMachine;
import io.crema.edge.body.simulated.SimulatedMcp9600;
import io.crema.edge.node.Hardware.BodyEvent;
import io.crema.edge.node.Hardware.JobState;
import io.crema.edge.node.Hardware.PourResult;
import io.crema.edge.node.Hardware.SensorValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole body on simulated pins and chips, in virtual time. */
final class CoffeeBodyTest {
    private static final ProductId ESPRESSO = ProductId.named("Espresso");
    private static final ProductId WATER = ProductId.named("Tea water");

    @TempDir
    private Path folder;

    private BodyConfig config;
    private BodyConfig.Pins pins;
    private SimulatedMachine machine;
    private CoffeeBody body;
    private Pace time;
    /** Told each time the body has waited. */
    private Consumer<SimulatedMachine> meanwhile = _ -> {};

    private int jobs;

    @BeforeEach
    void open() throws IOException, BoardFaultException {
        config = BodyConfig.parse(new ObjectMapper().readTree("""
                        {"adapter": "simulated", "products": [
                            {"name": "Espresso", "grindSeconds": 7, "millilitres": 30},
                            {"name": "Tea water", "grindSeconds": 0, "millilitres": 200}]}
                        """));
        pins = (BodyConfig.Pins) config.adapter();
        machine = new SimulatedMachine(pins);
        time = new WatchedPace(machine.virtualTime(), () -> {
            meanwhile.accept(machine);
            body.look();
        });
        start();
        wait(Duration.ofSeconds(3));
        body.events();
    }

    private void start() throws BoardFaultException {
        body = new CoffeeBody(
                config.type(), pins.wiring(), pins.limits(), machine.board(), JobJournal.open(folder), time);
    }

    @AfterEach
    void close() {
        body.close();
    }

    private void wait(Duration duration) {
        for (var left = duration.toMillis(); left > 0; left -= 20) {
            time.pause(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private Hash job() {
        return Keccak.hash(new byte[] {(byte) ++jobs});
    }

    private static void assertNotPoured(PourResult result, String reason) {
        assertThat(result).isEqualTo(new PourResult.NotPoured(reason));
    }

    private List<String> told() {
        return body.events().stream()
                .map(event -> event.kind() + " " + event.detail())
                .toList();
    }

    @Test
    void shouldPourByTheFlowMeter() {
        assertThat(body.obstacle()).isEmpty();
        var job = job();
        assertThat(body.pour(job, ESPRESSO)).isEqualTo(new PourResult.Poured());
        assertThat(machine.poured()).isCloseTo(30, within(1.0));
        assertThat(machine.pumping()).isFalse();
        assertThat(body.pour(job(), WATER)).isEqualTo(new PourResult.Poured());
        assertThat(machine.poured()).isCloseTo(230, within(1.5));
        assertThat(told()).containsExactly("ProgramFinished Espresso", "ProgramFinished Tea water");
        assertThat(body.recall(job)).isEqualTo(JobState.POURED);
    }

    @Test
    void shouldPourAJobOnce() throws BoardFaultException {
        var job = job();
        body.pour(job, ESPRESSO);
        var poured = machine.poured();
        assertThat(body.pour(job, ESPRESSO)).isEqualTo(new PourResult.Poured());
        body.close();
        start();
        assertThat(body.pour(job, ESPRESSO)).isEqualTo(new PourResult.Poured());
        assertThat(machine.poured()).isEqualTo(poured);
    }

    @Test
    void shouldStopWhenTheDoorOpens() {
        meanwhile = it -> {
            if (it.poured() > 10) {
                it.door(true);
            }
        };
        var job = job();
        assertNotPoured(body.pour(job, ESPRESSO), "The machine's door is open.");
        assertThat(machine.pumping()).isFalse();
        assertThat(machine.poured()).isLessThan(11);
        assertThat(body.recall(job)).isEqualTo(JobState.FAILED);
        assertThat(told()).containsExactly("DoorState Open", "ProgramAborted Espresso: The machine's door is open.");
        meanwhile = it -> it.door(false);
        wait(Duration.ofMillis(100));
        assertThat(told()).containsExactly("DoorState Closed");
        assertThat(body.obstacle()).isEmpty();
    }

    @Test
    void shouldNotBeginWhenTheTrayIsFullOrTheTankEmpty() {
        machine.trayFull(true);
        wait(Duration.ofMillis(100));
        assertThat(body.obstacle()).contains("The drip tray is full or not in its place.");
        assertNotPoured(body.pour(job(), ESPRESSO), "The drip tray is full or not in its place.");
        machine.trayFull(false);
        machine.tank(0);
        wait(Duration.ofMillis(100));
        assertNotPoured(body.pour(job(), ESPRESSO), "The water tank is empty.");
        assertThat(machine.poured()).isZero();
        assertThat(told())
                .contains("DripTrayFull Present", "DripTrayFull Off", "WaterTankEmpty Present")
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldStopWhenTheTankRunsEmpty() {
        machine.tank(100);
        wait(Duration.ofMillis(100));
        assertNotPoured(body.pour(job(), WATER), "The water tank is empty.");
        assertThat(machine.poured()).isCloseTo(100, within(0.5));
    }

    @Test
    void shouldStopADryPump() {
        machine.blocked(true);
        var before = time.nanos();
        assertNotPoured(body.pour(job(), WATER), "No water flows.");
        assertThat(Duration.ofNanos(time.nanos() - before)).isBetween(Duration.ofSeconds(4), Duration.ofMillis(4100));
    }

    @Test
    void shouldStopWhenTheBoilerOverheats() {
        meanwhile = it -> it.boilerTemperature(it.poured() > 50 ? 120 : 93);
        assertNotPoured(body.pour(job(), WATER), "The boiler is too hot (120 °C).");
        assertThat(machine.poured()).isLessThan(60);
    }

    @Test
    void shouldPourOnThroughAGlitchOnTheBusButNotBlindly() {
        var glitches = new int[1];
        meanwhile = it -> {
            if (it.poured() > 197 && glitches[0]++ == 0) {
                it.bus().nack(it.address(Quantity.BOILER_TEMP_COFFEE), 1);
            }
        };
        assertThat(body.pour(job(), WATER)).isEqualTo(new PourResult.Poured());
        wait(Duration.ofSeconds(3));
        assertThat(told())
                .containsExactly(
                        "SensorFault BoilerTempCoffee: the chip at 0x67 does not answer: Remote I/O error (121)",
                        "ProgramFinished Tea water",
                        "SensorFault BoilerTempCoffee: measured again");
        meanwhile = it -> it.bus().nack(it.address(Quantity.BOILER_TEMP_COFFEE), 100);
        assertNotPoured(body.pour(job(), WATER), "The boiler's temperature cannot be measured.");
    }

    @Test
    void shouldReadTheSensors() {
        assertThat(body.sensors().stream().collect(Collectors.toMap(SensorValue::quantity, SensorValue::unit)))
                .containsOnlyKeys("BoilerTempCoffee", "BoilerTempSteam", "WaterPressure", "BeanLevel")
                .containsEntry("WaterPressure", "bar")
                .containsEntry("BeanLevel", "%");
        assertThat(value("BoilerTempCoffee")).isCloseTo(93, within(0.1));
        assertThat(value("BoilerTempSteam")).isCloseTo(125, within(0.1));
        assertThat(value("WaterPressure")).isCloseTo(2, within(0.01));
        assertThat(value("BeanLevel")).isCloseTo(100, within(0.1));
    }

    private double value(String quantity) {
        return body.sensors().stream()
                .filter(sensor -> sensor.quantity().equals(quantity))
                .mapToDouble(SensorValue::value)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldLeaveOutWhatCannotBeRead() {
        var converter = machine.chip(Quantity.BOILER_TEMP_COFFEE, SimulatedMcp9600.class);
        converter.set(SimulatedMcp9600.Wire.OPEN);
        wait(Duration.ofSeconds(3));
        assertThat(body.sensors()).extracting(SensorValue::quantity).doesNotContain("BoilerTempCoffee");
        assertThat(told())
                .containsExactly("SensorFault BoilerTempCoffee: the thermocouple is open or beyond its range");
        assertThat(body.obstacle()).contains("The boiler's temperature cannot be measured.");
        converter.set(SimulatedMcp9600.Wire.WHOLE);
        wait(Duration.ofSeconds(3));
        assertThat(value("BoilerTempCoffee")).isCloseTo(93, within(0.1));
        assertThat(told()).containsExactly("SensorFault BoilerTempCoffee: measured again");
    }

    @Test
    void shouldTellWhenBeansRunOutOnce() {
        machine.beans(40);
        wait(Duration.ofSeconds(2));
        machine.beans(60);
        wait(Duration.ofSeconds(2));
        machine.beans(45);
        wait(Duration.ofSeconds(2));
        assertThat(told()).containsExactly("BeanContainerEmpty Present");
        machine.beans(900);
        wait(Duration.ofSeconds(2));
        assertThat(told()).containsExactly("BeanContainerEmpty Off");
    }

    @Test
    void shouldTellAPressOnce() throws InterruptedException {
        machine.press(WATER);
        assertThat(body.buttons().next(Duration.ZERO)).contains(WATER);
        assertThat(body.buttons().next(Duration.ZERO)).isEmpty();
        machine.press(WATER);
        machine.press(ESPRESSO);
        assertThat(body.buttons().next(Duration.ZERO)).contains(ESPRESSO);
        assertThat(body.buttons().next(Duration.ZERO)).isEmpty();
        machine.press(ESPRESSO);
        wait(Duration.ofSeconds(6));
        assertThat(body.buttons().next(Duration.ZERO)).isEmpty();
    }

    @Test
    void shouldStayOffWhenARelayDoesNotObey() {
        meanwhile = it -> {
            if (it.poured() > 10) {
                it.stick(pins.wiring().pump());
            }
        };
        assertNotPoured(body.pour(job(), ESPRESSO), "The machine is out of order and needs service.");
        assertNotPoured(body.pour(job(), ESPRESSO), "The machine is out of order and needs service.");
        assertThat(body.obstacle()).contains("The machine is out of order and needs service.");
        assertThat(body.events()).extracting(BodyEvent::kind).containsOnlyOnce("ActuatorFault");
    }

    @Test
    void shouldNotKnowHowACupEndedThatPowerLossCutOff() throws BoardFaultException {
        var job = job();
        var crash = new IllegalStateException("power is gone");
        meanwhile = it -> {
            if (it.poured() > 10) {
                throw crash;
            }
        };
        var seen = new ArrayList<Throwable>();
        try {
            body.pour(job, ESPRESSO);
        } catch (IllegalStateException e) {
            seen.add(e);
        }
        assertThat(seen).containsExactly(crash);
        meanwhile = _ -> {};
        body.close();
        start();
        assertThat(body.recall(job)).isEqualTo(JobState.UNKNOWN);
        assertThat(body.recall(job())).isEqualTo(JobState.NEVER_BEGUN);
        var before = machine.poured();
        assertNotPoured(body.pour(job, ESPRESSO), "The machine lost its power while it was pouring.");
        assertThat(machine.poured()).isEqualTo(before);
    }

    @Test
    void shouldRefuseWhatItCannotMake() {
        assertNotPoured(body.pour(job(), ProductId.named("Beer")), "This machine cannot make an unknown product.");
    }
}
