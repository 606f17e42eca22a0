package io.crema.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The machines' first step into the network: an address on loopback where nobody answers until the line is plugged in.
 * Where the other end is, the broker tells everybody who has come that far. Thread-safe.
 */
final class NetworkLine implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService carriers = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable String target;

    NetworkLine() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        carriers.submit(this::accept);
    }

    /** {@code host:port} for the machines. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Leads to the broker at {@code host:port} from now on. */
    synchronized void plugIn(String broker) {
        target = broker;
    }

    private synchronized @Nullable String target() {
        return target;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var caller = server.accept();
                carriers.submit(() -> carry(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket caller) {
        var broker = target();
        try (caller) {
            if (broker == null) {
                return;
            }
            var colon = broker.lastIndexOf(':');
            try (var called = new Socket(broker.substring(0, colon), Integer.parseInt(broker.substring(colon + 1)))) {
                var back = carriers.submit(() -> called.getInputStream().transferTo(caller.getOutputStream()));
                caller.getInputStream().transferTo(called.getOutputStream());
                back.cancel(true);
            }
        } catch (IOException gone) {
            // whoever called calls again
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        carriers.shutdownNow();
    }
}
