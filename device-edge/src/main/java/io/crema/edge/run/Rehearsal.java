package io.crema.edge.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Goes once through what a machine does, by its health page.
 *
 * @param port of the health page
 */
record Rehearsal(int port) {

    void run() {
        List.of("/health", "/metrics", "/").forEach(this::ask);
    }

    private void ask(String path) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the health page does not answer " + path, e);
        }
    }
}
