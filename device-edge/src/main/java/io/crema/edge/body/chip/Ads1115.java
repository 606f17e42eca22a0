package io.crema.edge.body.chip;

/**
 * Texas Instruments ADS1115, a 16-bit converter of four voltages; datasheet SBAS444. Measures each input against ground
 * up to ±4.096 V in steps of 125 µV, one conversion at a time: a read begins one, a later read takes it. The inputs of
 * one chip share it. An input must stay between ground and the chip's supply.
 */
public final class Ads1115 {
    static final int CONVERSION = 0x00;
    static final int CONFIGURATION = 0x01;

    /** Written: begin a conversion. Read: none is under way. */
    static final int OS = 1 << 15;
    /** ±4.096 V, single shot, 128 conversions a second, comparator off. */
    static final int SETTINGS = 0b001 << 9 | 1 << 8 | 0b100 << 5 | 0b11;
    /** AIN0 against ground; the next inputs follow. */
    static final int FIRST_INPUT = 0b100;

    static final double STEP = 4.096 / 32768;
    private static final int HIGHEST = 0x7FFF;
    private static final int LOWEST = -0x8000;
    private static final int NOBODY = -1;

    private final Registers registers;
    private int converting = NOBODY;

    public Ads1115(Registers registers) {
        this.registers = registers;
    }

    /** @param number 0 to 3, AIN0 to AIN3 */
    public Chip input(int number, Line line) {
        if (number < 0 || number > 3) {
            throw new IllegalArgumentException("an ADS1115 has the inputs 0 to 3, got " + number);
        }
        return new Input(number, line);
    }

    private static int configuration(int input) {
        return (FIRST_INPUT + input) << 12 | SETTINGS;
    }

    private final class Input extends Driver {
        private final int number;
        private final Line line;

        Input(int number, Line line) {
            this.number = number;
            this.line = line;
        }

        /** The chip has no id: it is known by taking its settings. */
        @Override
        boolean setUp() throws BusFaultException, WrongChipException {
            if (converting != NOBODY && converting != number) {
                return false;
            }
            converting = NOBODY;
            registers.write16(CONFIGURATION, configuration(number));
            var taken = registers.u16(CONFIGURATION) & ~OS;
            if (taken != configuration(number)) {
                throw new WrongChipException(
                        "the chip did not take its settings (0x%04X); expected an ADS1115".formatted(taken));
            }
            begin();
            return true;
        }

        @Override
        Measurement measure() throws BusFaultException {
            if (converting == NOBODY) {
                begin();
                return NOT_READY;
            }
            if (converting != number) {
                return NOT_READY;
            }
            var now = registers.u16(CONFIGURATION);
            if ((now & ~OS) != configuration(number)) {
                converting = NOBODY;
                return lost("the chip has lost its settings");
            }
            if ((now & OS) == 0) {
                return NOT_READY;
            }
            converting = NOBODY;
            var raw = registers.s16(CONVERSION);
            if ((registers.u16(CONFIGURATION) & ~OS) != configuration(number)) {
                // The supply failed between the two: nobody measured that 0.
                return lost("the chip has lost its settings");
            }
            if (raw == HIGHEST || raw == LOWEST) {
                return new Measurement.Faulty("input %d is beyond ±4.096 V".formatted(number));
            }
            var value = line.at(raw * STEP);
            return value.isPresent()
                    ? new Measurement.Value(value.getAsDouble())
                    : new Measurement.Faulty(
                            "input %d is at %.3f V, which its transducer never gives: look at its wires"
                                    .formatted(number, raw * STEP));
        }

        /** Nobody waits for a conversion that a broken bus may have lost. */
        private void begin() throws BusFaultException {
            registers.write16(CONFIGURATION, OS | configuration(number));
            converting = number;
        }
    }
}
