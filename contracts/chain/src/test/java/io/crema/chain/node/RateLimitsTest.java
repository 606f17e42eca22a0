package io.crema.chain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.RateLimitedException;
import io.crema.chain.transactions.SendResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RateLimitsTest {
    private HttpServer server;
    private Web3Chain chain;
    private int status = 200;
    private String body = "";
    private Map<String, String> headers = Map.of();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        chain = new Web3Chain(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v3/a-secret-key", Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        chain.close();
        server.stop(0);
    }

    @Test
    void shouldHearHowLongANodeWantsToBeLeftAlone() {
        status = 429;
        headers = Map.of("Retry-After", "17");
        assertThatThrownBy(chain::blockNumber)
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(17)))
                .hasMessageContaining("429")
                .hasMessageNotContaining("secret");
        assertThat(chain.send(Payload.EMPTY)).isInstanceOf(SendResult.Unreachable.class);
    }

    @Test
    void shouldRecogniseTheLimitInsideAnAnswer() {
        body =
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-32005,\"message\":\"daily request count exceeded\"}}";
        assertThatThrownBy(chain::blockNumber)
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isEmpty())
                .hasMessageContaining("daily request count exceeded");
    }

    @Test
    void shouldMeasureADateByTheNodesOwnClock() {
        assertThat(RateLimits.time("Mon, 23 Nov 2026 10:00:30 GMT", "Mon, 23 Nov 2026 10:00:00 GMT"))
                .isEqualTo(Optional.of(Duration.ofSeconds(30)));
        assertThat(RateLimits.time("soon", null)).isEmpty();
        assertThat(RateLimits.time("120", null)).contains(Duration.ofMinutes(2));
    }

    @Test
    void shouldNotShowTheKeyInAnEndpoint() {
        assertThat(Web3Chain.shown("https://user:password@node.example/v3/0123456789abcdef?key=1"))
                .isEqualTo("https://node.example/…");
        assertThat(Web3Chain.shown("http://127.0.0.1:8545")).isEqualTo("http://127.0.0.1:8545");
        assertThat(chain.name()).doesNotContain("secret");
    }
}
