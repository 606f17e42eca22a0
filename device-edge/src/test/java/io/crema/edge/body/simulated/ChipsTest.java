package io.crema.edge.body.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.crema.edge.body.chip.Ads1115;
import io.crema.edge.body.chip.Chip;
import io.crema.edge.body.chip.Chip.Measurement;
import io.crema.edge.body.chip.Line;
import io.crema.edge.body.chip.Mcp9600;
import io.crema.edge.body.chip.Nau7802;
import io.crema.edge.body.chip.Registers;
import io.crema.edge.body.chip.Thermocouple;
import io.crema.edge.body.chip.Tmp117;
import io.crema.edge.body.coffee.Board;
import io.crema.edge.body.coffee.BoardFaultException;
import io.crema.edge.body.pi4j.Pi4jBoard;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The drivers, through Pi4J, on chips that behave as their datasheets say. */
final class ChipsTest {
    private static final int ADDRESS = 0x48;

    private final SimulatedBus bus = new SimulatedBus();
    private final SimulatedPins pins = new SimulatedPins();
    private final Board board = Pi4jBoard.with(pins.inputProvider(), pins.outputProvider(), SimulatedI2C.provider(bus));
    private long now = 1;

    @AfterEach
    @AfterProperty
    void close() {
        board.close();
    }

    private Registers at(int address, SimulatedChip chip) {
        bus.put(address, chip);
        try {
            return board.chip(1, address);
        } catch (BoardFaultException e) {
            throw new AssertionError(e);
        }
    }

    private Measurement later(Chip chip) {
        now += TimeUnit.MILLISECONDS.toNanos(400);
        return chip.read();
    }

    private static void assertValue(Measurement measurement, double expected, double step) {
        assertThat(measurement)
                .isInstanceOfSatisfying(
                        Measurement.Value.class,
                        it -> assertThat(it.value()).isCloseTo(expected, within(step / 2 + 1e-9)));
    }

    private static void assertFaulty(Measurement measurement, String why) {
        assertThat(measurement)
                .isInstanceOfSatisfying(
                        Measurement.Faulty.class, it -> assertThat(it.why()).contains(why));
    }

    private static void assertNotReady(Measurement measurement) {
        assertThat(measurement).isInstanceOf(Measurement.NotReady.class);
    }

    @Property(tries = 60)
    void shouldReadTmp117(@ForAll @DoubleRange(min = -55, max = 150) double celsius) {
        var chip = new Tmp117(at(ADDRESS, new SimulatedTmp117(() -> now, celsius)));
        assertNotReady(chip.read());
        assertNotReady(chip.read());
        assertValue(later(chip), celsius, 0.0078125);
        assertNotReady(chip.read());
    }

    @Test
    void shouldNotBelieveATmp117ThatHasNotConvertedYet() {
        var simulated = new SimulatedTmp117(() -> now, 25);
        var chip = new Tmp117(at(ADDRESS, simulated));
        assertNotReady(chip.read());
        for (var i = 0; i < 20; i++) {
            now += 10_000_000;
            assertNotReady(chip.read());
        }
        bus.reset(ADDRESS);
        assertFaulty(chip.read(), "lost its settings");
        assertNotReady(chip.read());
        assertValue(later(chip), 25, 0.0078125);
    }

    @Property(tries = 60)
    void shouldReadMcp9600(@ForAll @DoubleRange(min = -200, max = 1372) double celsius) {
        var chip = new Mcp9600(at(0x67, new SimulatedMcp9600(() -> now, celsius)), Thermocouple.K);
        assertNotReady(chip.read());
        assertValue(later(chip), celsius, 0.0625);
        assertNotReady(chip.read());
    }

    @Test
    void shouldTellAnOpenAndAShortedThermocouple() {
        var simulated = new SimulatedMcp9600(() -> now, 93);
        var chip = new Mcp9600(at(0x67, simulated), Thermocouple.K);
        chip.read();
        simulated.set(SimulatedMcp9600.Wire.OPEN);
        assertFaulty(later(chip), "open");
        simulated.set(SimulatedMcp9600.Wire.SHORTED);
        assertFaulty(later(chip), "shorted");
        simulated.set(SimulatedMcp9600.Wire.WHOLE);
        assertValue(later(chip), 93, 0.0625);
    }

    @Property(tries = 60)
    void shouldReadAds1115(@ForAll @DoubleRange(min = 0, max = 4.09) double volts) {
        var simulated = new SimulatedAds1115(() -> now);
        simulated.set(2, volts);
        var chip = new Ads1115(at(ADDRESS, simulated)).input(2, new Line(0, 0, 4.096, 4096));
        assertNotReady(chip.read());
        assertNotReady(chip.read());
        assertValue(later(chip), 1000 * volts, 0.125);
        assertNotReady(chip.read());
        assertValue(later(chip), 1000 * volts, 0.125);
    }

    @Test
    void shouldShareAnAds1115BetweenItsInputs() {
        var simulated = new SimulatedAds1115(() -> now);
        simulated.set(0, 1);
        simulated.set(3, 3);
        var converter = new Ads1115(at(ADDRESS, simulated));
        assertThat(at(ADDRESS, simulated)).as("asked for again").isSameAs(at(ADDRESS, simulated));
        var first = converter.input(0, new Line(0, 0, 4, 4));
        var last = converter.input(3, new Line(0, 0, 4, 4));
        var seen = new int[2];
        for (var beat = 0; beat < 40; beat++) {
            if (later(first) instanceof Measurement.Value(var value)) {
                assertThat(value).isCloseTo(1, within(0.001));
                seen[0]++;
            }
            if (last.read() instanceof Measurement.Value(var value)) {
                assertThat(value).isCloseTo(3, within(0.001));
                seen[1]++;
            }
        }
        assertThat(seen[0]).isGreaterThan(8);
        assertThat(seen[1]).isGreaterThan(8);
    }

    @Test
    void shouldTellATransducersBrokenWire() {
        var simulated = new SimulatedAds1115(() -> now);
        var chip = new Ads1115(at(ADDRESS, simulated)).input(0, new Line(0.3333, 0, 3.0, 16));
        simulated.set(0, 0.3333);
        chip.read();
        assertValue(later(chip), 0, 0.01);
        simulated.set(0, 0);
        chip.read();
        assertFaulty(later(chip), "look at its wires");
        simulated.set(0, 5);
        chip.read();
        assertFaulty(later(chip), "beyond ±4.096 V");
    }

    @Property(tries = 60)
    void shouldReadNau7802(@ForAll @DoubleRange(min = 0, max = 100) double level) {
        var line = new Line(-120_000, 0, 1_700_000, 100);
        var counts = Math.round(-120_000 + level * 18_200);
        var chip = new Nau7802(at(0x2A, new SimulatedNau7802(() -> now, counts)), line);
        for (var step = 0; step < 4; step++) {
            assertNotReady(later(chip));
        }
        assertValue(later(chip), level, 0.0002);
        assertNotReady(chip.read());
    }

    @Test
    void shouldSetAnNau7802UpAgainAfterItsSupplyWasGone() {
        var chip = new Nau7802(at(0x2A, new SimulatedNau7802(() -> now, 500)), new Line(0, 0, 1000, 100));
        for (var step = 0; step < 5; step++) {
            later(chip);
        }
        assertValue(later(chip), 50, 0.01);
        bus.reset(0x2A);
        assertFaulty(later(chip), "lost its settings");
        for (var step = 0; step < 4; step++) {
            assertNotReady(later(chip));
        }
        assertValue(later(chip), 50, 0.01);
    }

    @Test
    void shouldTellAChipThatDoesNotAcknowledge() {
        var chip = new Tmp117(at(ADDRESS, new SimulatedTmp117(() -> now, 90)));
        chip.read();
        assertValue(later(chip), 90, 0.01);
        bus.nack(ADDRESS, 2);
        assertFaulty(later(chip), "the chip at 0x48 does not answer: Remote I/O error (121)");
        assertFaulty(later(chip), "Remote I/O error");
        assertNotReady(later(chip));
        assertValue(later(chip), 90, 0.01);
    }

    @Test
    void shouldTellAFailingBus() {
        var chip = new Mcp9600(at(0x67, new SimulatedMcp9600(() -> now, 90)), Thermocouple.K);
        bus.fail(3);
        assertFaulty(later(chip), "Input/output error (5)");
        assertFaulty(later(chip), "Input/output error (5)");
        assertFaulty(later(chip), "Input/output error (5)");
        assertNotReady(later(chip));
        assertValue(later(chip), 90, 0.0625);
    }

    /** Whatever happens to any transfer: a chip says the truth or nothing, and comes back when all is well. */
    @Property(tries = 40)
    void shouldNeverSayAWrongNumber(@ForAll Random random) {
        var converter = new SimulatedAds1115(() -> now);
        converter.set(1, 1.5);
        converter.set(2, 2.5);
        var ads1115 = new Ads1115(at(ADDRESS, converter));
        var line = new Line(0.5, 0, 4, 100);
        var chips = Map.of(
                new Tmp117(at(0x49, new SimulatedTmp117(() -> now, 125))),
                125.0,
                new Mcp9600(at(0x67, new SimulatedMcp9600(() -> now, 93)), Thermocouple.K),
                93.0,
                new Nau7802(at(0x2A, new SimulatedNau7802(() -> now, 500_000)), new Line(-200_000, 0, 1_200_000, 100)),
                50.0,
                ads1115.input(1, line),
                100 / 3.5,
                ads1115.input(2, line),
                200 / 3.5);
        bus.disturb(_ -> random.nextInt(12) > 2
                ? SimulatedBus.Disturbance.NONE
                : SimulatedBus.Disturbance.values()[1 + random.nextInt(3)]);
        var values = 0;
        for (var beat = 0; beat < 200; beat++) {
            now += TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(400));
            for (var chip : chips.entrySet()) {
                if (chip.getKey().read() instanceof Measurement.Value(var value)) {
                    assertThat(value).isCloseTo(chip.getValue(), within(0.04));
                    values++;
                }
            }
        }
        assertThat(values).isPositive();
        bus.disturb(_ -> SimulatedBus.Disturbance.NONE);
        for (var chip : chips.keySet()) {
            var said = false;
            for (var beat = 0; beat < 20; beat++) {
                now += TimeUnit.MILLISECONDS.toNanos(400);
                for (var each : chips.keySet()) {
                    said |= each.read() instanceof Measurement.Value && each == chip;
                }
            }
            assertThat(said).as(chip.getClass().getSimpleName()).isTrue();
        }
    }

    @Test
    void shouldRefuseAnotherChipAtTheAddress() {
        assertFaulty(new Tmp117(at(ADDRESS, new SimulatedAds1115(() -> now))).read(), "expected a TMP117");
        assertFaulty(
                new Mcp9600(at(0x60, new SimulatedTmp117(() -> now, 1)), Thermocouple.K).read(), "expected an MCP9600");
        assertFaulty(
                new Ads1115(at(0x49, new SimulatedTmp117(() -> now, 1)))
                        .input(0, new Line(0, 0, 1, 1))
                        .read(),
                "expected an ADS1115");
    }

    @Test
    void shouldTellAnAddressWhereNobodyIs() throws BoardFaultException {
        assertFaulty(new Tmp117(board.chip(1, 0x4B)).read(), "the chip at 0x4B does not answer");
    }
}
