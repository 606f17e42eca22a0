package io.crema.edge.body.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfigBuilder;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfigBuilder;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2CConfigBuilder;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import io.crema.edge.body.Wiring.Pin;
import io.crema.edge.body.chip.Registers;
import io.crema.edge.body.coffee.Board;
import io.crema.edge.body.coffee.BoardFaultException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Pins and buses through Pi4J, with providers that are named one by one: Pi4J's own choice would take a mock where it
 * finds one. Pi4J's debouncing is off, the body has its own.
 */
public final class Pi4jBoard implements Board {
    private static final String WHAT_TO_DO =
            "run on a Raspberry Pi as a user of the groups gpio and i2c, or set \"adapter\": \"simulated\"";

    private final Context context;
    private final Map<String, Registers> chips = new HashMap<>();

    private Pi4jBoard(Context context) {
        this.context = context;
    }

    /**
     * The header of a Raspberry Pi: GPIO through the kernel's character device, I2C through /dev/i2c-*.
     *
     * @throws BoardFaultException when this computer has none
     */
    public static Pi4jBoard raspberryPi() throws BoardFaultException {
        try {
            return with(
                    GpioDDigitalInputProvider.newInstance(),
                    GpioDDigitalOutputProvider.newInstance(),
                    LinuxFsI2CProvider.newInstance());
        } catch (RuntimeException | LinkageError e) {
            throw new BoardFaultException("the pins cannot be used: %s; %s".formatted(root(e), WHAT_TO_DO), e);
        }
    }

    /** Any three providers of Pi4J. */
    public static Pi4jBoard with(DigitalInputProvider inputs, DigitalOutputProvider outputs, I2CProvider buses) {
        return new Pi4jBoard(Pi4J.newContextBuilder()
                .noAutoDetect()
                .disableShutdownHook()
                .add(inputs, outputs, buses)
                .build());
    }

    @Override
    public Contact contact(Pin pin) throws BoardFaultException {
        var active = pin.low() ? DigitalState.LOW : DigitalState.HIGH;
        DigitalInput input = take(
                "GPIO%d as an input".formatted(pin.number()),
                () -> context.create(DigitalInputConfigBuilder.newInstance(context)
                        .id("input-" + pin.number())
                        .address(pin.number())
                        .pull(pin.low() ? PullResistance.PULL_UP : PullResistance.PULL_DOWN)
                        .debounce(0L)
                        .build()));
        return new Contact() {
            @Override
            public boolean closed() throws BoardFaultException {
                return use("GPIO%d".formatted(pin.number()), input::state) == active;
            }

            @Override
            public void onChange(Changed listener) {
                input.addListener(event -> listener.changed(event.state() == active));
            }
        };
    }

    @Override
    public Relay relay(Pin pin) throws BoardFaultException {
        var on = pin.low() ? DigitalState.LOW : DigitalState.HIGH;
        var off = pin.low() ? DigitalState.HIGH : DigitalState.LOW;
        DigitalOutput output = take(
                "GPIO%d as an output".formatted(pin.number()),
                () -> context.create(DigitalOutputConfigBuilder.newInstance(context)
                        .id("output-" + pin.number())
                        .address(pin.number())
                        .initial(off)
                        .shutdown(off)
                        .build()));
        return wanted -> use("GPIO%d".formatted(pin.number()), () -> output.state(wanted ? on : off));
    }

    /** The same chip may be asked for again: one converter measures several quantities. */
    @Override
    public Registers chip(int bus, int address) throws BoardFaultException {
        var id = "i2c-%d-%02x".formatted(bus, address);
        var known = chips.get(id);
        if (known != null) {
            return known;
        }
        var chip = new Pi4jRegisters(take(
                "I2C bus %d".formatted(bus),
                () -> context.create(I2CConfigBuilder.newInstance(context)
                        .id(id)
                        .bus(bus)
                        .device(address)
                        .build())));
        chips.put(id, chip);
        return chip;
    }

    @Override
    public void close() {
        context.shutdown();
    }

    private static <T> T take(String what, Supplier<T> use) throws BoardFaultException {
        try {
            return use(what, use);
        } catch (BoardFaultException e) {
            throw new BoardFaultException(e.getMessage() + "; " + WHAT_TO_DO, e);
        }
    }

    private static <T> T use(String what, Supplier<T> use) throws BoardFaultException {
        try {
            return use.get();
        } catch (Pi4JException | IllegalStateException | IllegalArgumentException e) {
            throw new BoardFaultException("%s cannot be used: %s".formatted(what, root(e)), e);
        }
    }

    static String root(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
