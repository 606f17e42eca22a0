package io.crema.platform;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import jdk.net.ExtendedSocketOptions;

/**
 * A wallet held to vsmartcard's virtual PC/SC reader: each message is a length of two bytes, then an APDU, or one byte of
 * control (0 off, 1 on, 2 reset, 4 give the ATR). Closing the connection takes the phone away.
 */
public final class VpcdPhone implements AutoCloseable {
    /** A contactless card as PC/SC part 3 shows one that speaks ISO 14443-4. */
    private static final byte[] ATR = HexFormat.of().parseHex("3B80800101");

    private static final int POWER_OFF = 0;
    private static final int RESET = 2;
    private static final int GIVE_ATR = 4;
    private static final int CONNECT_MILLIS = 2_000;

    private final Socket socket = new Socket();
    private final UnaryOperator<byte[]> wallet;
    private final Runnable deactivated;

    /**
     * @param wallet a command APDU to its answer; an empty one is not sent, as from a phone that hangs
     * @param deactivated called when the field is gone
     * @throws IOException when no reader listens there
     */
    public VpcdPhone(InetSocketAddress reader, UnaryOperator<byte[]> wallet, Runnable deactivated) throws IOException {
        this.wallet = wallet;
        this.deactivated = deactivated;
        try {
            socket.connect(reader, CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Answers the reader until the tap is over, or the reader goes.
     *
     * @param over asked after each answer
     * @return false when the reader went first
     */
    public boolean serve(BooleanSupplier over) throws IOException {
        try {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (!over.getAsBoolean()) {
                acknowledgeAtOnce();
                var size = in.read();
                if (size < 0) {
                    return false;
                }
                var message = new byte[size << 8 | in.readUnsignedByte()];
                in.readFully(message);
                answer(message, out);
            }
            return true;
        } finally {
            deactivated.run();
        }
    }

    private void answer(byte[] message, DataOutputStream out) throws IOException {
        if (message.length != 1) {
            var answer = wallet.apply(message);
            if (answer.length > 0) {
                send(out, answer);
            }
        } else if (message[0] == GIVE_ATR) {
            send(out, ATR);
        } else if (message[0] == POWER_OFF || message[0] == RESET) {
            deactivated.run();
        }
    }

    private static void send(DataOutputStream out, byte[] message) throws IOException {
        var framed = new byte[message.length + 2];
        framed[0] = (byte) (message.length >> 8);
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, 2, message.length);
        out.write(framed);
        out.flush();
    }

    /** Else each command waits 40 ms for the delayed acknowledgement of the one before. */
    private void acknowledgeAtOnce() throws IOException {
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
