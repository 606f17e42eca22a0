package io.crema.edge.body.pi4j;

import com.pi4j.io.i2c.I2C;
import io.crema.edge.body.chip.BusFaultException;
import io.crema.edge.body.chip.Registers;

/** A chip's registers through Pi4J; whatever it throws is a fault of the bus. */
final class Pi4jRegisters implements Registers {
    private final I2C chip;

    Pi4jRegisters(I2C chip) {
        this.chip = chip;
    }

    @Override
    public byte[] read(int register, int length) throws BusFaultException {
        var bytes = new byte[length];
        int read;
        try {
            read = chip.readRegister(register, bytes, 0, length);
        } catch (RuntimeException e) {
            throw fault("does not answer", e);
        }
        if (read != length) {
            throw new BusFaultException(
                    "the chip at 0x%02X gave %d bytes of %d".formatted(chip.device(), read, length), null);
        }
        return bytes;
    }

    @Override
    public void write(int register, byte... bytes) throws BusFaultException {
        try {
            chip.writeRegister(register, bytes, 0, bytes.length);
        } catch (RuntimeException e) {
            throw fault("takes nothing", e);
        }
    }

    private BusFaultException fault(String what, RuntimeException e) {
        return new BusFaultException("the chip at 0x%02X %s: %s".formatted(chip.device(), what, Pi4jBoard.root(e)), e);
    }
}
