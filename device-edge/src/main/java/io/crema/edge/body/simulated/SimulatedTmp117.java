package io.crema.edge.body.simulated;

import java.util.function.LongSupplier;

/** A TMP117 as its datasheet (SNOSD82) describes it. */
public final class SimulatedTmp117 extends SimulatedChip {
    private static final int DATA_READY = 0x2000;

    private volatile double celsius;
    private int configuration = 0x0220;
    private int result = 0x8000;
    private long began;
    private boolean ready;

    SimulatedTmp117(LongSupplier nanos, double celsius) {
        super(nanos);
        this.celsius = celsius;
        began = nanos.getAsLong();
    }

    /** What it is surrounded by. */
    public void set(double degrees) {
        celsius = degrees;
    }

    @Override
    void reset() {
        super.reset();
        configuration = 0x0220;
        result = 0x8000;
        ready = false;
        began = nanos.getAsLong();
    }

    @Override
    void store(int register, byte[] data) {
        if (register == 1) {
            configuration = word(data) & 0x0FFC;
            began = nanos.getAsLong();
        }
    }

    @Override
    byte[] load(int register, int length) {
        convert();
        var value = switch (register) {
            case 0 -> result;
            case 1 -> configuration | (ready ? DATA_READY : 0);
            case 0x0F -> 0x1117;
            default -> 0;
        };
        if (register == 1 && ready) {
            // The flag is cleared by being read; the result stays.
            ready = false;
        } else if (register == 0) {
            ready = false;
        }
        return word(value, length);
    }

    private void convert() {
        var period = (configuration & 0x0380) == 0x0100 ? 250_000_000L : 1_000_000_000L;
        if (nanos.getAsLong() - began >= period) {
            began = nanos.getAsLong();
            result = (int) Math.round(celsius / 0.0078125) & 0xFFFF;
            ready = true;
        }
    }
}
