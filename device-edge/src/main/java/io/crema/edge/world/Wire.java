package io.crema.edge.world;

import io.crema.contracts.tap.MessageFormatException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** One loopback connection of one machine: messages of a type and bytes. For one thread at a time. */
final class Wire implements AutoCloseable {
    static final int PRESS = 1;
    static final int APDU_ANSWER = 2;
    static final int TAP_LOST = 3;
    static final int POUR_RESULT = 4;
    static final int RECALLED = 5;
    static final int TICK = 6;
    static final int ATTACH = 10;
    static final int APDU = 11;
    static final int POUR = 12;
    static final int RECALL = 13;
    static final int OUTCOME = 14;
    static final int DONE = 15;
    static final int SHOW = 16;
    static final int FAULT = 17;

    private static final int LARGEST = 1024 * 1024;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** @param data owned by this value */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Message(int type, byte[] data) {
        Message expect(int wanted) throws IOException {
            if (type != wanted) {
                throw new IOException("message type %d, expected %d".formatted(type, wanted));
            }
            return this;
        }
    }

    Wire(Socket socket, Duration patience) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) patience.toMillis());
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    void send(int type, byte[] data) throws IOException {
        out.writeInt(data.length);
        out.writeByte(type);
        out.write(data);
        out.flush();
    }

    Message receive() throws IOException {
        var length = in.readInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("a message has at most %d bytes, got %d".formatted(LARGEST, length));
        }
        var type = in.readUnsignedByte();
        var data = new byte[length];
        in.readFully(data);
        return new Message(type, data);
    }

    /** Sends and waits for the answer of this type. */
    byte[] ask(int type, byte[] data, int answer) throws IOException {
        send(type, data);
        return receive().expect(answer).data();
    }

    /** What the bytes mean; a misunderstanding is a broken connection. */
    static <T> T read(byte[] data, java.util.function.Function<io.crema.contracts.tap.ByteReader, T> value)
            throws IOException {
        try {
            return io.crema.contracts.tap.ByteReader.whole(data, value);
        } catch (MessageFormatException e) {
            throw new IOException("message not understood", e);
        }
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
