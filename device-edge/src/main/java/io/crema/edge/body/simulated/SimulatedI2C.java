package io.crema.edge.body.simulated;

import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CBus;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.io.i2c.I2CProviderBase;
import java.util.concurrent.Callable;

/** Pi4J's view of one chip on a {@link SimulatedBus}: true registers, where Pi4J's mock has queues. */
final class SimulatedI2C extends I2CBase<I2CBus> {
    private final SimulatedBus wires;

    private SimulatedI2C(I2CProvider provider, I2CConfig config, SimulatedBus wires) {
        super(provider, config, new I2CBus() {
            @Override
            public <R> R execute(I2C chip, Callable<R> action) {
                try {
                    return action.call();
                } catch (Exception e) {
                    throw new com.pi4j.exception.Pi4JException(e);
                }
            }
        });
        this.wires = wires;
        isOpen = true;
    }

    /** A provider of all chips on a bus. */
    static I2CProvider provider(SimulatedBus wires) {
        return new Provider(wires);
    }

    static final class Provider extends I2CProviderBase {
        private final SimulatedBus wires;

        Provider(SimulatedBus wires) {
            super("crema-simulated-i2c", "Simulated I2C");
            this.wires = wires;
        }

        @Override
        public I2C create(I2CConfig config) {
            var chip = new SimulatedI2C(this, config, wires);
            context().registry().add(chip);
            return chip;
        }
    }

    @Override
    public int write(byte data) {
        wires.write(device(), new byte[] {data});
        return 1;
    }

    @Override
    public int write(byte[] data, int offset, int length) {
        wires.write(device(), part(data, offset, length));
        return length;
    }

    @Override
    public int read() {
        return wires.writeRead(device(), new byte[0], 1)[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        System.arraycopy(wires.writeRead(device(), new byte[0], length), 0, buffer, offset, length);
        return length;
    }

    @Override
    public int writeRegister(int register, byte data) {
        wires.write(device(), new byte[] {(byte) register, data});
        return 1;
    }

    @Override
    public int writeRegister(int register, byte[] data, int offset, int length) {
        return writeRegister(new byte[] {(byte) register}, data, offset, length);
    }

    @Override
    public int writeRegister(byte[] register, byte[] data, int offset, int length) {
        var bytes = new byte[register.length + length];
        System.arraycopy(register, 0, bytes, 0, register.length);
        System.arraycopy(data, offset, bytes, register.length, length);
        wires.write(device(), bytes);
        return length;
    }

    @Override
    public int readRegister(int register) {
        return wires.writeRead(device(), new byte[] {(byte) register}, 1)[0] & 0xFF;
    }

    @Override
    public int readRegister(int register, byte[] buffer, int offset, int length) {
        return readRegister(new byte[] {(byte) register}, buffer, offset, length);
    }

    @Override
    public int readRegister(byte[] register, byte[] buffer, int offset, int length) {
        System.arraycopy(wires.writeRead(device(), register, length), 0, buffer, offset, length);
        return length;
    }

    private static byte[] part(byte[] data, int offset, int length) {
        var bytes = new byte[length];
        System.arraycopy(data, offset, bytes, 0, length);
        return bytes;
    }
}
