package io.crema.edge.pcsc;

import io.crema.contracts.tap.ApduHandler;
import io.crema.platform.VpcdPhone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A wallet in the field of the virtual reader, which can break off. Closing it pulls the phone away. */
final class VirtualPhone implements AutoCloseable {
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

    private static final byte[] NO_ANSWER = {};

    private final VpcdPhone phone;
    private final ApduHandler wallet;
    private final Fault fault;
    private final int at;
    private final AtomicInteger commands = new AtomicInteger();
    private final CountDownLatch gone = new CountDownLatch(1);

    private VirtualPhone(int port, ApduHandler wallet, Fault fault, int at) throws IOException {
        this.wallet = wallet;
        this.fault = fault;
        this.at = at;
        var reader = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.phone = new VpcdPhone(reader, this::answer, wallet::deactivated);
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
        try (phone) {
            phone.serve(() -> false);
        } catch (IOException e) {
            // pulled away, or the reader has gone
        } finally {
            gone.countDown();
        }
    }

    private byte[] answer(byte[] apdu) {
        var here = commands.getAndIncrement() == at;
        if (here && fault == Fault.GONE_BEFORE) {
            return pulledAway();
        }
        var answer = wallet.process(apdu);
        if (here && fault == Fault.GONE_AFTER) {
            return pulledAway();
        }
        return here && fault == Fault.HANGS ? NO_ANSWER : answer;
    }

    private byte[] pulledAway() {
        try {
            phone.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return NO_ANSWER;
    }

    @Override
    public void close() throws IOException {
        phone.close();
    }
}
