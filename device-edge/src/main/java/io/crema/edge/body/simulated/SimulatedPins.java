package io.crema.edge.body.simulated;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A header of pins: levels that are set from outside are seen by inputs, and outputs are seen from outside. Thread-safe. */
final class SimulatedPins {
    private final Map<Integer, DigitalState> levels = new ConcurrentHashMap<>();
    private final Map<Integer, Input> inputs = new ConcurrentHashMap<>();
    private final Map<Integer, DigitalOutput> outputs = new ConcurrentHashMap<>();
    private final Set<Integer> stuck = ConcurrentHashMap.newKeySet();

    DigitalInputProvider inputProvider() {
        return new InputProvider(this);
    }

    DigitalOutputProvider outputProvider() {
        return new OutputProvider(this);
    }

    /** Puts a level on an input; whoever listens is told before this returns. */
    void set(int pin, boolean high) {
        var level = high ? DigitalState.HIGH : DigitalState.LOW;
        if (levels.put(pin, level) != level) {
            var input = inputs.get(pin);
            if (input != null) {
                input.changed(level);
            }
        }
    }

    /** Whether an output is high. */
    boolean high(int pin) {
        var output = outputs.get(pin);
        return output != null && output.state() == DigitalState.HIGH;
    }

    /** The output obeys no longer. */
    void stick(int pin) {
        stuck.add(pin);
    }

    private static final class InputProvider extends DigitalInputProviderBase {
        private final SimulatedPins pins;

        InputProvider(SimulatedPins pins) {
            super("crema-simulated-input", "Simulated inputs");
            this.pins = pins;
        }

        @Override
        public DigitalInput create(DigitalInputConfig config) {
            var input = new Input(this, config, pins);
            context().registry().add(input);
            pins.inputs.put(config.address(), input);
            return input;
        }
    }

    private static final class Input extends DigitalInputBase {
        private final SimulatedPins pins;

        Input(DigitalInputProvider provider, DigitalInputConfig config, SimulatedPins pins) {
            super(provider, config);
            this.pins = pins;
        }

        @Override
        public DigitalState state() {
            return pins.levels.getOrDefault(config().address(), DigitalState.HIGH);
        }

        void changed(DigitalState level) {
            dispatch(new DigitalStateChangeEvent<DigitalInput>(this, level));
        }
    }

    private static final class OutputProvider extends DigitalOutputProviderBase {
        private final SimulatedPins pins;

        OutputProvider(SimulatedPins pins) {
            super("crema-simulated-output", "Simulated outputs");
            this.pins = pins;
        }

        @Override
        public DigitalOutput create(DigitalOutputConfig config) {
            var output = new Output(this, config, pins);
            context().registry().add(output);
            pins.outputs.put(config.address(), output);
            return output;
        }
    }

    private static final class Output extends DigitalOutputBase {
        private final SimulatedPins pins;

        Output(DigitalOutputProvider provider, DigitalOutputConfig config, SimulatedPins pins) {
            super(provider, config);
            this.pins = pins;
        }

        @Override
        public DigitalOutput state(DigitalState wanted) {
            if (pins.stuck.contains(config().address())) {
                throw new com.pi4j.io.exception.IOException("Input/output error (5)");
            }
            return super.state(wanted);
        }
    }
}
