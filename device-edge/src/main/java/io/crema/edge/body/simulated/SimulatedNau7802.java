package io.crema.edge.body.simulated;

import java.util.function.LongSupplier;

/** An NAU7802 as its datasheet describes it: byte registers with auto-increment, power-up, calibration, cycles. */
public final class SimulatedNau7802 extends SimulatedChip {
    private static final long POWER_UP = 200_000;
    private static final long CALIBRATION = 344_000_000;
    private static final long CYCLE = 100_000_000;

    private final byte[] registers = new byte[0x20];
    private volatile long counts;
    private long powered;
    private long calibrating;
    private long cycle;
    private boolean ready;

    SimulatedNau7802(LongSupplier nanos, long counts) {
        super(nanos);
        this.counts = counts;
        reset();
    }

    /** What the bridge gives, in counts. */
    public void set(long value) {
        counts = value;
    }

    public long counts() {
        return counts;
    }

    @Override
    void reset() {
        super.reset();
        java.util.Arrays.fill(registers, (byte) 0);
        registers[0x1F] = 0x0F;
        ready = false;
    }

    @Override
    void store(int register, byte[] data) {
        for (var i = 0; i < data.length; i++) {
            var at = register + i;
            var value = data[i] & 0xFF;
            if (at == 0 && (value & 1) != 0) {
                reset();
                registers[0] = 1;
                continue;
            }
            if (at == 0 && (value & 2) != 0 && (registers[0] & 2) == 0) {
                powered = nanos.getAsLong();
            }
            if (at == 0 && (value & 0x10) != 0 && (registers[0] & 0x10) == 0) {
                cycle = nanos.getAsLong();
            }
            if (at == 2 && (value & 4) != 0) {
                calibrating = nanos.getAsLong();
            }
            if (at < 0x12 || at > 0x14 && at < 0x1F) {
                registers[at] = (byte) value;
            }
        }
    }

    @Override
    byte[] load(int register, int length) {
        var now = nanos.getAsLong();
        if (running() && now - cycle >= CYCLE) {
            cycle = now;
            ready = true;
            var value = Math.clamp(counts, -0x800000, 0x7FFFFF);
            registers[0x12] = (byte) (value >> 16);
            registers[0x13] = (byte) (value >> 8);
            registers[0x14] = (byte) value;
        }
        if ((registers[2] & 4) != 0 && now - calibrating >= CALIBRATION) {
            registers[2] &= ~4;
        }
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = at(register + i, now);
        }
        return bytes;
    }

    private byte at(int register, long now) {
        if (register == 0) {
            var up = (registers[0] & 2) != 0 && now - powered >= POWER_UP;
            return (byte) (registers[0] & ~0x28 | (up ? 8 : 0) | (ready ? 0x20 : 0));
        }
        if (register == 0x12) {
            ready = false;
        }
        return register < registers.length ? registers[register] : (byte) 0xFF;
    }

    private boolean running() {
        return (registers[0] & 0x16) == 0x16;
    }
}
