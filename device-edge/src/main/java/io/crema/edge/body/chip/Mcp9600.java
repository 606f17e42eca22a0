package io.crema.edge.body.chip;

/**
 * Microchip MCP9600/MCP9601 thermocouple converter with its own cold junction; datasheet DS20005426. The hot junction
 * (register 0) comes in steps of 0.0625 °C. The MCP9601 also tells an open and a shorted thermocouple apart; on the
 * MCP9600 an input beyond the range of its type is how an open one shows.
 */
public final class Mcp9600 extends Driver {
    static final int HOT_JUNCTION = 0x00;
    static final int STATUS = 0x04;
    static final int SENSOR_CONFIGURATION = 0x05;
    static final int DEVICE_CONFIGURATION = 0x06;
    static final int DEVICE_ID = 0x20;

    /** A conversion has ended since the bit was last cleared. */
    static final int STATUS_UPDATED = 0x40;
    /** MCP9601 only. */
    static final int STATUS_SHORTED = 0x20;
    /** Input beyond the type's range; on the MCP9601 an open circuit. */
    static final int STATUS_RANGE = 0x10;

    static final int ID_9600 = 0x40;
    static final int ID_9601 = 0x41;

    /** Middle filter: half of a step shows after some two conversions. */
    private static final int FILTER = 0x02;
    /** Cold junction 0.0625 °C, 16 bits (80 ms), normal mode. */
    private static final int DEVICE = 0x20;

    private static final double STEP = 0.0625;

    private final Registers registers;
    private final int sensor;

    public Mcp9600(Registers registers, Thermocouple type) {
        this.registers = registers;
        this.sensor = type.ordinal() << 4 | FILTER;
    }

    @Override
    boolean setUp() throws BusFaultException, WrongChipException {
        var id = registers.u16(DEVICE_ID) >> 8;
        if (id != ID_9600 && id != ID_9601) {
            throw new WrongChipException(
                    "the chip says it is 0x%02X, expected an MCP9600 (0x40) or 0x41".formatted(id));
        }
        registers.write(SENSOR_CONFIGURATION, (byte) sensor);
        registers.write(DEVICE_CONFIGURATION, (byte) DEVICE);
        clearUpdated();
        return true;
    }

    @Override
    Measurement measure() throws BusFaultException {
        var status = registers.u8(STATUS);
        if ((status & STATUS_SHORTED) != 0) {
            return new Measurement.Faulty("the thermocouple is shorted");
        }
        if ((status & STATUS_RANGE) != 0) {
            return new Measurement.Faulty("the thermocouple is open or beyond its range");
        }
        if ((status & STATUS_UPDATED) == 0) {
            return NOT_READY;
        }
        var celsius = registers.s16(HOT_JUNCTION) * STEP;
        // Afterwards: a supply that fails between the two leaves a 0 that nobody measured.
        if (registers.u8(SENSOR_CONFIGURATION) != sensor || registers.u8(DEVICE_CONFIGURATION) != DEVICE) {
            return lost("the chip has lost its settings");
        }
        clearUpdated();
        return new Measurement.Value(celsius);
    }

    private void clearUpdated() throws BusFaultException {
        registers.write(STATUS, (byte) 0);
    }
}
