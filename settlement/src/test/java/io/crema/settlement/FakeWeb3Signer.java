package io.crema.settlement;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Secp256k1;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Hex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Answers as a Web3Signer in eth1 mode does: keys by their public key, keccak256 of the data signed, r ‖ s ‖ v. */
final class FakeWeb3Signer implements AutoCloseable {
    private static final Pattern DATA = Pattern.compile("\\{\"data\":\"(0x[0-9a-f]*)\"}");

    private final HttpServer server;
    private final List<SigningKey> keys;
    volatile boolean down;
    volatile boolean lies;
    volatile int signed;

    FakeWeb3Signer(List<SigningKey> keys) throws IOException {
        this.keys = keys;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/eth1/publicKeys", exchange -> {
            var names = keys.stream().map(key -> "\"" + identifier(key) + "\"").toList();
            answer(exchange, down ? 500 : 200, "application/json", "[" + String.join(",", names) + "]");
        });
        server.createContext("/api/v1/eth1/sign/", this::sign);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void sign(HttpExchange exchange) throws IOException {
        var identifier = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
        var body = DATA.matcher(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var key =
                keys.stream().filter(one -> identifier(one).equals(identifier)).findFirst();
        if (down) {
            answer(exchange, 500, "text/plain", "");
        } else if (!body.matches()) {
            answer(exchange, 400, "text/plain", "");
        } else if (key.isEmpty()) {
            answer(exchange, 404, "text/plain", "");
        } else {
            signed++;
            var data = Hex.decode("data", body.group(1));
            var signature = key.get().sign(Keccak.hash(lies ? new byte[] {1} : data));
            var v = new byte[] {(byte) (27 + signature.yParity())};
            answer(
                    exchange,
                    200,
                    "text/plain; charset=utf-8",
                    Hex.encode(signature.r())
                            + Hex.encode(signature.s()).substring(2)
                            + Hex.encode(v).substring(2));
        }
    }

    private static String identifier(SigningKey key) {
        return Hex.encode(Secp256k1.instance().publicKey(key.privateKey()));
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
