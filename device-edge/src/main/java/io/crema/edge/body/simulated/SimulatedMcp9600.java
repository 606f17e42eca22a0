package io.crema.edge.body.simulated;

import java.util.function.LongSupplier;

/** An MCP9601 as its datasheet (DS20005426) describes it. */
public final class SimulatedMcp9600 extends SimulatedChip {
    /** How its thermocouple is. */
    public enum Wire {
        WHOLE,
        OPEN,
        SHORTED
    }

    private volatile double celsius;
    private volatile Wire wire = Wire.WHOLE;
    private int sensor;
    private int device;
    private boolean updated;
    private long began;

    SimulatedMcp9600(LongSupplier nanos, double celsius) {
        super(nanos);
        this.celsius = celsius;
        began = nanos.getAsLong();
    }

    /** The hot junction's temperature. */
    public void set(double degrees) {
        celsius = degrees;
    }

    public double celsius() {
        return celsius;
    }

    public void set(Wire state) {
        wire = state;
    }

    @Override
    void reset() {
        super.reset();
        sensor = 0;
        device = 0;
        updated = false;
        began = nanos.getAsLong();
    }

    @Override
    void store(int register, byte[] data) {
        switch (register) {
            case 4 -> updated &= (data[0] & 0x40) != 0;
            case 5 -> sensor = data[0] & 0x77;
            case 6 -> device = data[0] & 0xFF;
            default -> {
                // the others are of no use here, or read-only
            }
        }
    }

    @Override
    byte[] load(int register, int length) {
        var period = (device & 0x60) == 0x20 ? 80_000_000L : 320_000_000L;
        if (nanos.getAsLong() - began >= period) {
            began = nanos.getAsLong();
            updated = true;
        }
        return switch (register) {
            case 0 -> word((int) Math.round(shown() * 16) & 0xFFFF, length);
            case 2 -> word((int) Math.round(24.5 * 16), length);
            case 4 -> single(status(), length);
            case 5 -> single(sensor, length);
            case 6 -> single(device, length);
            case 0x20 -> word(0x4112, length);
            default -> word(0, length);
        };
    }

    /** An open input drifts to the top of the range. */
    private double shown() {
        return switch (wire) {
            case WHOLE -> celsius;
            case OPEN -> 1372;
            case SHORTED -> 24.5;
        };
    }

    private int status() {
        return (updated ? 0x40 : 0)
                | switch (wire) {
                    case WHOLE -> 0;
                    case OPEN -> 0x10;
                    case SHORTED -> 0x20;
                };
    }

    private static byte[] single(int value, int length) {
        return word(value << 8 | 0xFF, length);
    }
}
