package io.crema.edge.pcsc;

import io.crema.contracts.tap.ApduHandler;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.net.ExtendedSocketOptions;

/**
 * A wallet in the field of the virtual reader, speaking vpcd's protocol: a length of two bytes, then an APDU or one byte
 * of control. Closing it pulls the phone away.
 */
final class VirtualPhone implements AutoCloseable {
    /** A contactless card as PC/SC part 3 shows one that speaks ISO 14443-4. */
    private static final byte[] ATR = HexFormat.of().parseHex("3B80800101");

    private static final int GIVE_ATR = 4;

    /** How a phone breaks off. */
    enum Fault {
        NONE,
        /** Pulled away before it got the command. */
        GONE_BEFORE,
        /** It did what the command asks, and was pulled away before its answer was out. */
        GONE_AFTER,
        /** It stays, and never answers. */
        HANGS
    }

    private final Socket socket;
    private final ApduHandler wallet;
    private final Fault fault;
    private final int at;
    private final AtomicInteger commands = new AtomicInteger();
    private final CountDownLatch gone = new CountDownLatch(1);

    private VirtualPhone(int port, ApduHandler wallet, Fault fault, int at) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.wallet = wallet;
        this.fault = fault;
        this.at = at;
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().name("virtual-phone").start(this::serve);
    }

    static VirtualPhone hold(int port, ApduHandler wallet) throws IOException {
        return new VirtualPhone(port, wallet, Fault.NONE, -1);
    }

    /** One whose fault comes at command number {@code at}, counted from 0. */
    static VirtualPhone hold(int port, ApduHandler wallet, Fault fault, int at) throws IOException {
        return new VirtualPhone(port, wallet, fault, at);
    }

    /** Commands that reached it. */
    int commands() {
        return commands.get();
    }

    void awaitGone() throws InterruptedException {
        gone.await();
    }

    private void serve() {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                acknowledgeAtOnce();
                var message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                if (message.length == 1) {
                    if (message[0] == GIVE_ATR) {
                        send(out, ATR);
                    }
                } else if (!answer(message, out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // pulled away, or the reader has gone
        } finally {
            wallet.deactivated();
            gone.countDown();
        }
    }

    private boolean answer(byte[] apdu, DataOutputStream out) throws IOException {
        var here = commands.getAndIncrement() == at;
        if (here && fault == Fault.GONE_BEFORE) {
            return false;
        }
        var answer = wallet.process(apdu);
        if (here && fault == Fault.GONE_AFTER) {
            return false;
        }
        if (!(here && fault == Fault.HANGS)) {
            send(out, answer);
        }
        return true;
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
