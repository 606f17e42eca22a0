package io.crema.edge.body.simulated;

import com.pi4j.exception.Pi4JException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** An I2C bus with its chips. A transfer to an address where nobody is, or to a chip that is told to, fails. Thread-safe. */
public final class SimulatedBus {
    private final Map<Integer, SimulatedChip> chips = new HashMap<>();
    private final Map<Integer, Integer> nacks = new HashMap<>();
    private int errors;
    private IntFunction<Disturbance> disturbances = _ -> Disturbance.NONE;

    /** What happens to a transfer, before it. */
    public enum Disturbance {
        NONE,
        /** The chip does not acknowledge. */
        NACK,
        /** The bus fails. */
        ERROR,
        /** The chip's supply fails for a moment. */
        RESET
    }

    synchronized void put(int address, SimulatedChip chip) {
        chips.put(address, chip);
    }

    /** The chip acknowledges nothing for so many transfers. */
    public synchronized void nack(int address, int transfers) {
        nacks.put(address, transfers);
    }

    /** Decides for each transfer, by the address, what happens to it. */
    public synchronized void disturb(IntFunction<Disturbance> wrong) {
        disturbances = wrong;
    }

    /** So many transfers end in an error of the bus, whoever is meant. */
    public synchronized void fail(int transfers) {
        errors = transfers;
    }

    /** The chip's supply is gone for a moment: its registers are as after power-up. */
    public synchronized void reset(int address) {
        chip(address).reset();
    }

    synchronized void write(int address, byte[] bytes) {
        fault(address);
        chip(address).write(bytes);
    }

    synchronized byte[] writeRead(int address, byte[] bytes, int length) {
        fault(address);
        var chip = chip(address);
        if (bytes.length > 0) {
            chip.write(bytes);
        }
        return chip.read(length);
    }

    private SimulatedChip chip(int address) {
        var chip = chips.get(address);
        if (chip == null) {
            throw new Pi4JException("Remote I/O error (121)");
        }
        return chip;
    }

    private void fault(int address) {
        switch (disturbances.apply(address)) {
            case NONE -> {
                // all is well
            }
            case NACK -> throw new Pi4JException("Remote I/O error (121)");
            case ERROR -> throw new Pi4JException("Input/output error (5)");
            case RESET -> chip(address).reset();
        }
        if (errors > 0) {
            errors--;
            throw new Pi4JException("Input/output error (5)");
        }
        var left = nacks.getOrDefault(address, 0);
        if (left > 0) {
            nacks.put(address, left - 1);
            throw new Pi4JException("Remote I/O error (121)");
        }
    }
}
