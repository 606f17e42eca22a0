package io.crema.chain.node;

import io.crema.platform.Anvil;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** anvil that mines only when told to. */
final class TestNode implements AutoCloseable {
    private final Anvil anvil =
            Anvil.builder().blockTime(Duration.ofHours(1)).accounts(3).start();
    private final HttpClient http = HttpClient.newHttpClient();

    Anvil anvil() {
        return anvil;
    }

    void mine() {
        rpc("evm_mine", "");
    }

    /** Replaces the newest blocks by empty ones. */
    void reorganise(int depth) {
        rpc("anvil_reorg", depth + ", []");
    }

    void setCode(String address, String code) {
        rpc("anvil_setCode", "\"%s\", \"%s\"".formatted(address, code));
    }

    private void rpc(String method, String parameters) {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}".formatted(method, parameters);
        try {
            var reply = http.send(
                    HttpRequest.newBuilder(URI.create(anvil.rpcUrl()))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (reply.body().contains("\"error\"")) {
                throw new IllegalStateException(method + ": " + reply.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method, e);
        }
    }

    @Override
    public void close() {
        http.close();
        anvil.close();
    }
}
