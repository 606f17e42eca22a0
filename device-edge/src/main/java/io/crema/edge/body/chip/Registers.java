package io.crema.edge.body.chip;

/** One chip on an I2C bus. Not thread-safe. */
public interface Registers {

    /**
     * Sets the chip's pointer and reads so many bytes from there.
     *
     * @return exactly {@code length} bytes
     * @throws BusFaultException when the chip does not acknowledge or the bus fails
     */
    byte[] read(int register, int length) throws BusFaultException;

    /**
     * Writes bytes from a register on.
     *
     * @throws BusFaultException when the chip does not acknowledge or the bus fails
     */
    void write(int register, byte... bytes) throws BusFaultException;

    /** An unsigned byte. */
    default int u8(int register) throws BusFaultException {
        return read(register, 1)[0] & 0xFF;
    }

    /** An unsigned 16-bit word, high byte first. */
    default int u16(int register) throws BusFaultException {
        var bytes = read(register, 2);
        return (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    }

    /** A signed 16-bit word, high byte first. */
    default int s16(int register) throws BusFaultException {
        return (short) u16(register);
    }

    /** Writes a 16-bit word, high byte first. */
    default void write16(int register, int word) throws BusFaultException {
        write(register, (byte) (word >> 8), (byte) word);
    }
}
