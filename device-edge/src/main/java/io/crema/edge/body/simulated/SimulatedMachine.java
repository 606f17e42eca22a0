package io.crema.edge.body.simulated;

import io.crema.contracts.value.ProductId;
import io.crema.edge.body.BodyConfig;
import io.crema.edge.body.Quantity;
import io.crema.edge.body.Wiring;
import io.crema.edge.body.Wiring.Pin;
import io.crema.edge.body.coffee.Board;
import io.crema.edge.body.coffee.Pace;
import io.crema.edge.body.pi4j.Pi4jBoard;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A coffee machine that there is not: pump, water, beans and boilers behind simulated pins and chips, so that the same
 * drivers and the same control run as on a real one. Its contacts bounce. Thread-safe.
 */
public final class SimulatedMachine {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double FLOW_PER_SECOND = 6;
    private static final double BEANS_PER_SECOND = 1.4;
    private static final double HOPPER_GRAMS = 1000;

    private final Wiring wiring;
    private final SimulatedPins pins = new SimulatedPins();
    private final SimulatedBus bus = new SimulatedBus();
    private final Map<Quantity, SimulatedChip> chips = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long now;
    private double tankMillilitres = 3000;
    private double poured;
    private double beans = HOPPER_GRAMS;
    private double meter;
    private boolean meterClosed;
    private boolean blocked;

    public SimulatedMachine(BodyConfig.Pins config) {
        wiring = config.wiring();
        wiring.door().ifPresent(pin -> contact(pin, true));
        wiring.dripTray().ifPresent(pin -> contact(pin, true));
        wiring.waterTank().ifPresent(pin -> contact(pin, true));
        wiring.buttons().values().forEach(pin -> contact(pin, false));
        contact(wiring.flowMeter(), false);
        var converters = new HashMap<Integer, SimulatedAds1115>();
        for (var it : wiring.sensors()) {
            var chip = switch (it.chip()) {
                case MCP9600 -> new SimulatedMcp9600(this::now, 93);
                case TMP117 -> new SimulatedTmp117(this::now, 125);
                case NAU7802 -> new SimulatedNau7802(this::now, 0);
                case ADS1115 -> converters.computeIfAbsent(it.address(), _ -> new SimulatedAds1115(this::now));
            };
            chips.put(it.quantity(), chip);
            bus.put(it.address(), chip);
        }
        measure();
    }

    /** Its pins and its bus, through Pi4J. */
    public Board board() {
        return Pi4jBoard.with(pins.inputProvider(), pins.outputProvider(), SimulatedI2C.provider(bus));
    }

    public SimulatedBus bus() {
        return bus;
    }

    /** Time that passes only while somebody waits: a cup takes as long as its computing. */
    public Pace virtualTime() {
        return new Pace() {
            @Override
            public long nanos() {
                return now();
            }

            @Override
            public boolean pause(long nanos) {
                advance(now + nanos);
                return !Thread.currentThread().isInterrupted();
            }
        };
    }

    /** Time as it passes; the machine lives while its body looks at it. */
    public Pace realTime() {
        var start = System.nanoTime() - now;
        return new Pace() {
            @Override
            public long nanos() {
                return now();
            }

            @Override
            public boolean pause(long nanos) {
                var until = System.nanoTime() + nanos;
                for (var left = nanos; left > 0; left = until - System.nanoTime()) {
                    if (Thread.currentThread().isInterrupted()) {
                        return false;
                    }
                    LockSupport.parkNanos(left);
                }
                advance(System.nanoTime() - start);
                return !Thread.currentThread().isInterrupted();
            }
        };
    }

    private long now() {
        return now;
    }

    /** Lets the machine live until a time. */
    private void advance(long until) {
        lock.lock();
        try {
            while (now < until) {
                var step = Math.min(TICK, until - now);
                now += step;
                live(step / 1e9);
            }
            measure();
        } finally {
            lock.unlock();
        }
    }

    private void live(double seconds) {
        if (isOn(wiring.grinder()) && beans > 0) {
            beans = Math.max(0, beans - BEANS_PER_SECOND * seconds);
        }
        var open = wiring.valve().isEmpty() || isOn(wiring.valve());
        if (isOn(Optional.of(wiring.pump())) && open && !blocked && tankMillilitres > 0) {
            var flow = FLOW_PER_SECOND * seconds;
            poured += flow;
            tankMillilitres -= flow;
            meter += flow * wiring.pulsesPerLitre() / 1000;
            // Closed for the second half of each turn of its wheel.
            var closed = meter - Math.floor(meter) >= 0.5;
            if (closed != meterClosed) {
                meterClosed = closed;
                bounce(wiring.flowMeter(), closed);
            }
            if (tankMillilitres <= 0) {
                wiring.waterTank().ifPresent(pin -> bounce(pin, false));
            }
        }
    }

    /** What the sensors feel. */
    private void measure() {
        for (var it : wiring.sensors()) {
            var chip = chips.get(it.quantity());
            if (it.line().isEmpty() || chip == null) {
                continue;
            }
            var line = it.line().get();
            var value = felt(it.quantity());
            var read = line.lowAt()
                    + (value - line.lowIs()) / (line.highIs() - line.lowIs()) * (line.highAt() - line.lowAt());
            if (chip instanceof SimulatedAds1115 converter) {
                converter.set(it.channel(), read);
            } else if (chip instanceof SimulatedNau7802 bridge) {
                bridge.set(Math.round(read));
            }
        }
    }

    private double felt(Quantity quantity) {
        return switch (quantity) {
            case WATER_PRESSURE, BOILER_PRESSURE_WATER -> isOn(Optional.of(wiring.pump())) ? 9 : 2;
            case BOILER_PRESSURE_STEAM -> 1.2;
            case BEAN_LEVEL -> 100 * beans / HOPPER_GRAMS;
            case WATER_LEVEL -> tankMillilitres / 30;
            case BOILER_TEMP_COFFEE, BOILER_TEMP_WATER -> 93;
            case BOILER_TEMP_STEAM -> 125;
        };
    }

    private boolean isOn(Optional<Pin> pin) {
        return pin.isPresent() && pins.high(pin.get().number()) != pin.get().low();
    }

    private void contact(Pin pin, boolean closed) {
        pins.set(pin.number(), closed != pin.low());
    }

    /** A contact that swings twice before it rests. */
    private void bounce(Pin pin, boolean closed) {
        for (var i = 0; i < 2; i++) {
            contact(pin, closed);
            now += 50_000;
            contact(pin, !closed);
            now += 50_000;
        }
        contact(pin, closed);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody presses a product's button, and lets go of it. */
    public void press(ProductId product) {
        var pin = wiring.buttons().get(product);
        if (pin == null) {
            throw new IllegalArgumentException("product %s has no button".formatted(product));
        }
        locked(() -> {
            bounce(pin, true);
            now += TimeUnit.MILLISECONDS.toNanos(80);
            bounce(pin, false);
        });
    }

    public void door(boolean open) {
        wiring.door().ifPresent(pin -> locked(() -> bounce(pin, !open)));
    }

    public void trayFull(boolean full) {
        wiring.dripTray().ifPresent(pin -> locked(() -> bounce(pin, !full)));
    }

    /** Fills or empties the tank. */
    public void tank(double millilitres) {
        locked(() -> {
            tankMillilitres = millilitres;
            wiring.waterTank().ifPresent(pin -> bounce(pin, millilitres > 0));
        });
    }

    /** Fills or empties the hopper. */
    public void beans(double grams) {
        locked(() -> {
            beans = grams;
            measure();
        });
    }

    /** A hose is blocked: the pump runs and nothing moves. */
    public void blocked(boolean is) {
        locked(() -> blocked = is);
    }

    /** The relay at a pin obeys no longer. */
    public void stick(Pin pin) {
        pins.stick(pin.number());
    }

    /** All water ever poured, in millilitres. */
    public double poured() {
        lock.lock();
        try {
            return poured;
        } finally {
            lock.unlock();
        }
    }

    public boolean pumping() {
        return isOn(Optional.of(wiring.pump()));
    }

    /** The chip that measures a quantity. */
    public <C> C chip(Quantity quantity, Class<C> type) {
        var chip = chips.get(quantity);
        if (chip == null) {
            throw new IllegalArgumentException("nothing measures " + quantity.word());
        }
        return type.cast(chip);
    }

    /** The address of the chip that measures a quantity. */
    public int address(Quantity quantity) {
        return wiring.sensors().stream()
                .filter(it -> it.quantity() == quantity)
                .findFirst()
                .orElseThrow()
                .address();
    }

    /** The coffee boiler's temperature. */
    public void boilerTemperature(double celsius) {
        if (chips.get(Quantity.BOILER_TEMP_COFFEE) instanceof SimulatedMcp9600 converter) {
            converter.set(celsius);
        }
    }
}
