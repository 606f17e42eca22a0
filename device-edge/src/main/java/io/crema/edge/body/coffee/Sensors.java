package io.crema.edge.body.coffee;

import io.crema.edge.body.EventKind;
import io.crema.edge.body.Quantity;
import io.crema.edge.body.Wiring;
import io.crema.edge.body.chip.Ads1115;
import io.crema.edge.body.chip.Chip;
import io.crema.edge.body.chip.Mcp9600;
import io.crema.edge.body.chip.Nau7802;
import io.crema.edge.body.chip.Tmp117;
import io.crema.edge.body.control.Inputs.Heat;
import io.crema.edge.node.Hardware.BodyEvent;
import io.crema.edge.node.Hardware.SensorValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All sensors on a board's bus. Read by one thread; what they say may be asked by any. */
final class Sensors {
    /** Longer than the slowest conversion of the chips. */
    private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(250);
    /** A glitch on the bus shorter than this spoils no cup. */
    private static final long HEAT_GOOD_FOR = TimeUnit.SECONDS.toNanos(2);

    private static final double BEANS_GONE = 5;
    private static final double BEANS_BACK = 10;

    private final List<Probe> probes = new ArrayList<>();
    private final Consumer<BodyEvent> events;
    private final boolean measuresHeat;
    private volatile List<SensorValue> values = List.of();
    private volatile Heat heat;
    private boolean beansGone;
    private long due;

    Sensors(Board board, Wiring wiring, long now, Consumer<BodyEvent> events) throws BoardFaultException {
        this.events = events;
        var converters = new HashMap<Integer, Ads1115>();
        for (var it : wiring.sensors()) {
            var registers = board.chip(wiring.bus(), it.address());
            Chip chip = switch (it.chip()) {
                case MCP9600 -> new Mcp9600(registers, it.thermocouple().orElseThrow());
                case TMP117 -> new Tmp117(registers);
                case NAU7802 -> new Nau7802(registers, it.line().orElseThrow());
                case ADS1115 ->
                    converters
                            .computeIfAbsent(it.address(), _ -> new Ads1115(registers))
                            .input(it.channel(), it.line().orElseThrow());
            };
            probes.add(new Probe(it.quantity(), chip, now, events));
        }
        measuresHeat = probes.stream().anyMatch(probe -> probe.quantity() == Quantity.BOILER_TEMP_COFFEE);
        heat = measuresHeat ? new Heat.Missing() : new Heat.Untold();
        due = now;
    }

    /** Reads all when it is time to. */
    void look(long now) {
        if (now - due < 0) {
            return;
        }
        due = now + BEAT;
        var found = new ArrayList<SensorValue>();
        for (var probe : probes) {
            probe.read(now);
            var quantity = probe.quantity();
            probe.value().ifPresent(value -> found.add(new SensorValue(quantity.word(), quantity.unit(), value)));
            if (quantity == Quantity.BOILER_TEMP_COFFEE) {
                var degrees = probe.within(HEAT_GOOD_FOR, now);
                heat = degrees.isPresent() ? new Heat.Celsius(degrees.getAsDouble()) : new Heat.Missing();
            }
            if (quantity == Quantity.BEAN_LEVEL) {
                probe.value().ifPresent(this::beans);
            }
        }
        values = List.copyOf(found);
    }

    List<SensorValue> values() {
        return values;
    }

    Heat heat() {
        return heat;
    }

    private void beans(double level) {
        if (level < BEANS_GONE != beansGone && (level < BEANS_GONE || level > BEANS_BACK)) {
            beansGone = level < BEANS_GONE;
            events.accept(EventKind.BEAN_CONTAINER_EMPTY.with(beansGone ? EventKind.PRESENT : EventKind.OFF));
        }
    }
}
