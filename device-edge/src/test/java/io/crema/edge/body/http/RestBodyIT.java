package io.crema.edge.body.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.body.BodyConfig;
import io.crema.edge.body.EventKind;
import io.crema.edge.body.MachineType;
import io.crema.edge.body.Product;
import io.crema.edge.body.Quantity;
import io.crema.edge.body.simulated.SimulatedRestMachine;
import io.crema.edge.body.simulated.SimulatedRestMachine.Fault;
import io.crema.edge.node.Hardware.BodyEvent;
import io.crema.edge.node.Hardware.JobState;
import io.crema.edge.node.Hardware.PourResult;
import io.crema.edge.node.Hardware.SensorValue;
import io.crema.edge.node.HardwareAwayException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over real HTTP on loopback, against a machine of which anything may go wrong. */
final class RestBodyIT {
    private static final MachineType TYPE = new MachineType(
            "Crema",
            "Rest",
            List.of(new Product("Espresso", Optional.empty())),
            EnumSet.of(Quantity.BOILER_TEMP_COFFEE, Quantity.BEAN_LEVEL),
            EnumSet.allOf(EventKind.class));
    private static final ProductId ESPRESSO = ProductId.named("Espresso");

    private final SimulatedRestMachine machine = new SimulatedRestMachine(TYPE, 5);
    private final RestBody body = new RestBody(TYPE, config(Duration.ofMillis(250), Duration.ofSeconds(5)));

    private BodyConfig.Rest config(Duration patience, Duration pourWithin) {
        return new BodyConfig.Rest(machine.address(), Optional.empty(), patience, pourWithin, Duration.ofMillis(5));
    }

    @AfterEach
    void close() {
        body.close();
        machine.close();
    }

    private static Hash job(int number) {
        return Keccak.hash(ByteBuffer.allocate(4).putInt(number).array());
    }

    /** The first {@code count} requests go wrong. */
    private void first(int count, Fault fault) {
        var seen = new AtomicInteger();
        machine.faults((_, _) -> seen.getAndIncrement() < count ? fault : Fault.NONE);
    }

    @Test
    void shouldPourOnce() {
        assertThat(body.pour(job(1), ESPRESSO)).isEqualTo(new PourResult.Poured());
        assertThat(body.pour(job(1), ESPRESSO)).isEqualTo(new PourResult.Poured());
        assertThat(machine.cups()).isEqualTo(1);
        assertThat(body.recall(job(1))).isEqualTo(JobState.POURED);
        assertThat(body.recall(job(2))).isEqualTo(JobState.NEVER_BEGUN);
    }

    @ParameterizedTest
    @EnumSource
    void shouldPourOnceThoughTheFirstAnswersGoWrong(Fault fault) {
        first(3, fault);
        assertThat(body.pour(job(1), ESPRESSO)).isEqualTo(new PourResult.Poured());
        assertThat(machine.cups()).isEqualTo(1);
        assertThat(body.recall(job(1))).isEqualTo(JobState.POURED);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldSayNothingWhileTheMachineCannotBeUnderstood(Fault fault) {
        machine.faults((_, _) -> fault);
        try (var impatient = new RestBody(TYPE, config(Duration.ofMillis(100), Duration.ofMillis(200)))) {
            assertThatThrownBy(() -> impatient.pour(job(1), ESPRESSO)).isInstanceOf(HardwareAwayException.class);
            assertThatThrownBy(() -> impatient.recall(job(1))).isInstanceOf(HardwareAwayException.class);
        }
        machine.faults((_, _) -> Fault.NONE);
        var known = body.recall(job(1));
        assertThat(known).isEqualTo(machine.cups() == 1 ? JobState.POURED : JobState.NEVER_BEGUN);
    }

    @Test
    void shouldTellWhyTheMachineRefuses() {
        machine.obstacle("The door is open.");
        assertThat(body.pour(job(1), ESPRESSO)).isEqualTo(new PourResult.NotPoured("The door is open."));
        machine.obstacle("");
        assertThat(body.pour(job(1), ESPRESSO)).isEqualTo(new PourResult.NotPoured("The door is open."));
        assertThat(body.recall(job(1))).isEqualTo(JobState.FAILED);
        assertThat(machine.cups()).isZero();
    }

    @Test
    void shouldTellWhyACupFailed() {
        machine.failing("No water.");
        first(2, Fault.ANSWER_LOST);
        assertThat(body.pour(job(1), ESPRESSO)).isEqualTo(new PourResult.NotPoured("No water."));
        assertThat(body.pour(job(2), ProductId.named("Beer"))).isInstanceOf(PourResult.NotPoured.class);
        assertThat(machine.cups()).isZero();
    }

    @Test
    void shouldAskLaterForACupThatTakesLong() {
        try (var slow = new SimulatedRestMachine(TYPE, 300);
                var impatient = new RestBody(
                        TYPE,
                        new BodyConfig.Rest(
                                slow.address(),
                                Optional.empty(),
                                Duration.ofMillis(250),
                                Duration.ofMillis(50),
                                Duration.ofMillis(5)))) {
            assertThatThrownBy(() -> impatient.pour(job(1), ESPRESSO)).isInstanceOf(HardwareAwayException.class);
            assertThatThrownBy(() -> impatient.recall(job(1)))
                    .isInstanceOf(HardwareAwayException.class)
                    .hasMessageContaining("still under way");
            var deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            var state = Optional.<JobState>empty();
            while (state.isEmpty() && System.nanoTime() < deadline) {
                try {
                    state = Optional.of(impatient.recall(job(1)));
                } catch (HardwareAwayException later) {
                    Thread.onSpinWait();
                }
            }
            assertThat(state).contains(JobState.POURED);
        }
    }

    /** Many cups, each request wrong in a random way more often than not: every cup is made once or known not to be. */
    @Test
    void shouldNeverPourTwiceWhateverGoesWrong() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var wrong = Fault.values();
        machine.faults((_, _) -> {
            synchronized (random) {
                var fault = random.nextInt(10) < 4 ? Fault.NONE : wrong[random.nextInt(wrong.length)];
                return fault == Fault.SLOW ? Fault.TORN : fault;
            }
        });
        var poured = 0;
        for (var cup = 0; cup < 150; cup++) {
            try {
                assertThat(body.pour(job(cup), ESPRESSO)).isEqualTo(new PourResult.Poured());
                poured++;
            } catch (HardwareAwayException e) {
                // asked below, when all is well again
            }
        }
        machine.faults((_, _) -> Fault.NONE);
        var made = 0;
        for (var cup = 0; cup < 150; cup++) {
            made += body.recall(job(cup)) == JobState.POURED ? 1 : 0;
        }
        assertThat(machine.cups()).as("seed %d", seed).isEqualTo(made);
        assertThat(made).as("seed %d", seed).isGreaterThanOrEqualTo(poured);
        assertThat(poured).as("seed %d", seed).isGreaterThan(100);
    }

    @Test
    void shouldTakeReadingsEventsAndPresses() throws InterruptedException {
        var patient = new RestBody(TYPE, config(Duration.ofSeconds(20), Duration.ofSeconds(20)));
        assertThat(patient.obstacle()).contains("The machine has not answered yet.");
        machine.happened("ConsumerProducts.CoffeeMaker.Event.DripTrayFull", "Present");
        machine.happened("SomethingElse", "x");
        machine.select("Espresso");
        patient.look();
        assertThat(patient.obstacle()).isEmpty();
        assertThat(patient.sensors())
                .containsExactlyInAnyOrder(
                        new SensorValue("BoilerTempCoffee", "Cel", 93.0), new SensorValue("BeanLevel", "%", 100.0));
        assertThat(patient.events()).containsExactly(new BodyEvent("DripTrayFull", "Present"));
        assertThat(patient.buttons().next(Duration.ZERO)).contains(ESPRESSO);
        patient.look();
        assertThat(patient.events()).isEmpty();
        machine.obstacle("The water tank is empty.");
        patient.look();
        assertThat(patient.obstacle()).contains("The water tank is empty.");
        patient.close();
    }
}
