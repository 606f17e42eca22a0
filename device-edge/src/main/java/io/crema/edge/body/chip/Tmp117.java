package io.crema.edge.body.chip;

/**
 * Texas Instruments TMP117 temperature sensor, -55 to 150 °C; datasheet SNOSD82. The result (register 0) comes in steps
 * of 0.0078125 °C; it reads -256 °C until the first conversion has ended.
 */
public final class Tmp117 extends Driver {
    static final int RESULT = 0x00;
    static final int CONFIGURATION = 0x01;
    static final int DEVICE_ID = 0x0F;

    /** Bits 11 to 0 of the id; above is the revision. */
    static final int ID = 0x117;

    /** Cleared by reading configuration or result. */
    static final int DATA_READY = 1 << 13;
    /** Continuous, a result each 250 ms (CONV 010) out of 8 conversions (AVG 01). */
    static final int SETTINGS = 0x0120;
    /** MOD, CONV, AVG: what a reset would change. */
    static final int SETTINGS_MASK = 0x0FE0;

    private static final int NO_RESULT = -0x8000;
    private static final double STEP = 0.0078125;
    private static final double MOST = 150;
    private static final double LEAST = -55;

    private final Registers registers;

    public Tmp117(Registers registers) {
        this.registers = registers;
    }

    @Override
    boolean setUp() throws BusFaultException, WrongChipException {
        var id = registers.u16(DEVICE_ID) & 0x0FFF;
        if (id != ID) {
            throw new WrongChipException("the chip says it is 0x%03X, expected a TMP117 (0x117)".formatted(id));
        }
        registers.write16(CONFIGURATION, SETTINGS);
        return true;
    }

    @Override
    Measurement measure() throws BusFaultException {
        var configuration = registers.u16(CONFIGURATION);
        if ((configuration & SETTINGS_MASK) != SETTINGS) {
            return lost("the chip has lost its settings");
        }
        if ((configuration & DATA_READY) == 0) {
            return NOT_READY;
        }
        var raw = registers.s16(RESULT);
        if (raw == NO_RESULT) {
            return NOT_READY;
        }
        var celsius = raw * STEP;
        return celsius < LEAST || celsius > MOST
                ? new Measurement.Faulty("%s °C is beyond the chip's range".formatted(celsius))
                : new Measurement.Value(celsius);
    }
}
