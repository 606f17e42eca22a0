package io.crema.edge.body.simulated;

import java.util.function.LongSupplier;

/** An ADS1115 as its datasheet (SBAS444) describes it: single shots against ground. */
public final class SimulatedAds1115 extends SimulatedChip {
    private static final long CONVERSION = 8_000_000;

    private final double[] volts = new double[4];
    private int configuration;
    private int result;
    private boolean converting;
    private long began;

    SimulatedAds1115(LongSupplier nanos) {
        super(nanos);
        reset();
    }

    /** The voltage at an input. */
    public synchronized void set(int input, double voltage) {
        volts[input] = voltage;
    }

    private synchronized double volts(int input) {
        return volts[input];
    }

    @Override
    void reset() {
        super.reset();
        configuration = 0x0583;
        result = 0;
        converting = false;
    }

    @Override
    void store(int register, byte[] data) {
        if (register == 1) {
            configuration = word(data) & 0x7FFF;
            if ((word(data) & 0x8000) != 0 && !converting) {
                converting = true;
                began = nanos.getAsLong();
            }
        }
    }

    @Override
    byte[] load(int register, int length) {
        if (converting && nanos.getAsLong() - began >= CONVERSION) {
            converting = false;
            result = converted();
        }
        return word(
                switch (register) {
                    case 0 -> result;
                    case 1 -> configuration | (converting ? 0 : 0x8000);
                    case 2 -> 0x8000;
                    case 3 -> 0x7FFF;
                    default -> 0;
                },
                length);
    }

    private int converted() {
        var mux = configuration >> 12 & 7;
        var fullScale = new double[] {6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256}[configuration >> 9 & 7];
        var voltage = mux >= 4 ? volts(mux - 4) : 0;
        return (int) Math.clamp(Math.round(voltage / fullScale * 32768), -32768, 32767) & 0xFFFF;
    }
}
