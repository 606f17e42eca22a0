package io.crema.edge.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.crypto.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class GatewayClientTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final List<Socket> open = new CopyOnWriteArrayList<>();

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldGiveUpAnAnswerThatStopsInTheMiddle() throws Exception {
        var keys = SelfSigned.keys(new SecureRandom());
        var certificate = SelfSigned.certificate(
                keys,
                "gateway",
                List.of("127.0.0.1"),
                Instant.EPOCH,
                Instant.parse("2049-01-01T00:00:00Z"),
                new SecureRandom());
        try (var server = listen(keys.getPrivate(), certificate);
                var client = new GatewayClient(
                        URI.create("https://127.0.0.1:" + server.getLocalPort()),
                        Optional.empty(),
                        List.of(certificate))) {
            Thread.ofVirtual().start(() -> answerHalf(server));
            assertThatThrownBy(() -> client.get("/v1/facts", LIMIT)).isInstanceOf(HttpTimeoutException.class);
            assertThat(open).as("answered in part").hasSize(1);
            assertThat(client.post("/v1/events", "text/plain", new byte[1], LIMIT))
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(HttpTimeoutException.class);
        }
    }

    /** The network goes away behind the headers. */
    private void answerHalf(SSLServerSocket server) {
        var half = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
        try {
            while (true) {
                var socket = server.accept();
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write(half.getBytes(US_ASCII));
                socket.getOutputStream().flush();
                open.add(socket);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static SSLServerSocket listen(PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("gateway", key, new char[0], new X509Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 4, InetAddress.getByName("127.0.0.1"));
    }
}
