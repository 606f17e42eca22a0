package io.crema.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The node's two server sockets, bound before its configuration is written: so an ephemeral port is known from the
 * start and nobody can take it in between.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {
    private final ServerSocketChannel broker;
    private final ServerSocketChannel controller;

    private BoundSockets(ServerSocketChannel broker, ServerSocketChannel controller) {
        this.broker = broker;
        this.controller = controller;
    }

    static BoundSockets open(InetAddress address, int port) throws IOException {
        var broker = bind(address, port);
        try {
            return new BoundSockets(broker, bind(InetAddress.ofLiteral("127.0.0.1"), 0));
        } catch (IOException e) {
            broker.close();
            throw e;
        }
    }

    private static ServerSocketChannel bind(InetAddress address, int port) throws IOException {
        var channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(address, port), 128);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    int brokerPort() {
        return broker.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBuffer) throws IOException {
        return switch (listener) {
            case "CONTROLLER" -> controller;
            case "PLAINTEXT" -> broker;
            default -> ServerSocketFactory.INSTANCE.openServerSocket(listener, address, backlog, receiveBuffer);
        };
    }

    @Override
    public void close() {
        try (controller) {
            broker.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the broker's sockets", e);
        }
    }
}
