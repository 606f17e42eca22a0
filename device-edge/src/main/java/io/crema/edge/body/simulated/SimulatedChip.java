package io.crema.edge.body.simulated;

import java.util.function.LongSupplier;

/**
 * A chip on a simulated I2C bus. A transfer that writes sets the pointer with its first byte and registers with the
 * others; one that reads goes on from the pointer. Not thread-safe: its bus calls it one transfer at a time.
 */
abstract class SimulatedChip {
    final LongSupplier nanos;
    private int pointer;

    SimulatedChip(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** As the supply coming back leaves it. */
    void reset() {
        pointer = 0;
    }

    final void write(byte[] bytes) {
        pointer = bytes[0] & 0xFF;
        if (bytes.length > 1) {
            var data = new byte[bytes.length - 1];
            System.arraycopy(bytes, 1, data, 0, data.length);
            store(pointer, data);
        }
    }

    final byte[] read(int length) {
        return load(pointer, length);
    }

    abstract void store(int register, byte[] data);

    abstract byte[] load(int register, int length);

    /** A 16-bit register, high byte first; what is read beyond it is the bus left alone. */
    static byte[] word(int value, int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = (byte) (i == 0 ? value >> 8 : i == 1 ? value : 0xFF);
        }
        return bytes;
    }

    static int word(byte[] data) {
        return (data[0] & 0xFF) << 8 | (data.length > 1 ? data[1] & 0xFF : 0);
    }
}
