package io.crema.edge.body.chip;

/**
 * Nuvoton NAU7802, a 24-bit converter for bridges such as the load cell below a bean hopper; datasheet rev. 1.7. Gain
 * 128, its own 3.0 V for the bridge, 10 conversions a second on channel 1, with the offset calibrated at each set-up.
 */
public final class Nau7802 extends Driver {
    static final int PU_CTRL = 0x00;
    static final int CTRL1 = 0x01;
    static final int CTRL2 = 0x02;
    static final int RESULT = 0x12;
    static final int ADC = 0x15;
    static final int POWER = 0x1C;
    static final int REVISION = 0x1F;

    static final int RESET = 1;
    static final int DIGITAL_ON = 1 << 1;
    static final int ANALOG_ON = 1 << 2;
    static final int POWERED = 1 << 3;
    static final int CYCLE_START = 1 << 4;
    static final int CYCLE_READY = 1 << 5;
    static final int LDO_ON = 1 << 7;
    static final int RUNNING = DIGITAL_ON | ANALOG_ON | CYCLE_START | LDO_ON;

    /** 3.0 V (101), gain 128 (111). */
    static final int GAIN = 0b101 << 3 | 0b111;
    /** Chopper clock off, as the datasheet asks for. */
    static final int CHOPPER_OFF = 0x30;
    /** The capacitor across channel 2 that a single channel wants. */
    static final int CAPACITOR = 1 << 7;

    static final int CALIBRATE = 1 << 2;
    static final int CALIBRATION_FAILED = 1 << 3;
    static final int IDENTITY = 0xF;

    private static final int HIGHEST = 0x7FFFFF;
    private static final int LOWEST = -0x800000;

    private enum Step {
        RESET,
        POWER_UP,
        SETTLE,
        CALIBRATE
    }

    private final Registers registers;
    private final Line line;
    private Step step = Step.RESET;

    /** @param line from counts to the quantity's unit */
    public Nau7802(Registers registers, Line line) {
        this.registers = registers;
        this.line = line;
    }

    @Override
    boolean setUp() throws BusFaultException, WrongChipException {
        var at = step;
        step = Step.RESET;
        switch (at) {
            case RESET -> {
                registers.write(PU_CTRL, (byte) RESET);
                registers.write(PU_CTRL, (byte) DIGITAL_ON);
                step = Step.POWER_UP;
                return false;
            }
            case POWER_UP -> {
                if ((registers.u8(PU_CTRL) & POWERED) == 0) {
                    throw new WrongChipException("the chip does not power up");
                }
                var identity = registers.u8(REVISION) & 0xF;
                if (identity != IDENTITY) {
                    throw new WrongChipException(
                            "the chip says it is 0x%X, expected an NAU7802 (0xF)".formatted(identity));
                }
                registers.write(CTRL1, (byte) GAIN);
                registers.write(PU_CTRL, (byte) (DIGITAL_ON | ANALOG_ON | LDO_ON));
                registers.write(ADC, (byte) CHOPPER_OFF);
                registers.write(POWER, (byte) CAPACITOR);
                step = Step.SETTLE;
                return false;
            }
            case SETTLE -> {
                registers.write(CTRL2, (byte) CALIBRATE);
                step = Step.CALIBRATE;
                return false;
            }
            case CALIBRATE -> {
                var calibration = registers.u8(CTRL2);
                if ((calibration & CALIBRATION_FAILED) != 0) {
                    throw new WrongChipException("the chip cannot calibrate itself");
                }
                if ((calibration & CALIBRATE) != 0) {
                    step = Step.CALIBRATE;
                    return false;
                }
                registers.write(PU_CTRL, (byte) RUNNING);
                return true;
            }
        }
        return false;
    }

    @Override
    Measurement measure() throws BusFaultException {
        var control = registers.u8(PU_CTRL);
        if ((control & RUNNING) != RUNNING) {
            return lost("the chip has lost its settings");
        }
        if ((control & CYCLE_READY) == 0) {
            return NOT_READY;
        }
        var bytes = registers.read(RESULT, 3);
        if (registers.u8(CTRL1) != GAIN) {
            // The supply failed between the two: nobody measured that 0.
            return lost("the chip has lost its settings");
        }
        var raw = bytes[0] << 16 | (bytes[1] & 0xFF) << 8 | bytes[2] & 0xFF;
        if (raw == HIGHEST || raw == LOWEST) {
            return new Measurement.Faulty("the bridge is beyond the converter's range: look at its wires");
        }
        var value = line.at(raw);
        return value.isPresent()
                ? new Measurement.Value(value.getAsDouble())
                : new Measurement.Faulty("%d counts is beyond the load cell's line".formatted(raw));
    }
}
