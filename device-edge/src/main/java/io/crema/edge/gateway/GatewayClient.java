package io.crema.edge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** HTTPS to the gateway, as this machine. Thread-safe. */
public final class GatewayClient implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final long MOST_ANSWER_BYTES = 4L * 1024 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final URI address;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    /**
     * Does not call the gateway yet.
     *
     * @param address such as https://gateway.example:8443
     * @param servers the gateway's own certificate, or the authority that vouches for it
     */
    public GatewayClient(URI address, TlsIdentity identity, List<X509Certificate> servers) {
        this(address, Optional.of(identity), servers);
    }

    /** Somebody without a certificate may hand in what carries a signature of its own. */
    GatewayClient(URI address, Optional<TlsIdentity> identity, List<X509Certificate> servers) {
        this.address = address;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .executor(threads)
                .sslContext(context(identity, servers))
                .build();
    }

    /** Sends; the stage fails with {@link GatewayException} when the gateway says no. */
    CompletableFuture<JsonNode> post(String path, String contentType, byte[] body, Duration limit) {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(limit)
                .header("content-type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return ask(request, limit);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    JsonNode get(String path, Duration limit) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(limit)
                .GET()
                .build();
        return ask(request, limit);
    }

    JsonNode put(String path, JsonNode body, Duration limit) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(limit)
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        return ask(request, limit);
    }

    /**
     * The whole answer must be there within the limit: a request's own timeout ends with the headers, and a network that
     * goes away after them would leave the machine waiting until somebody starts it again.
     */
    private JsonNode ask(HttpRequest request, Duration limit) throws IOException, InterruptedException {
        var pending = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ANSWER_BYTES));
        try {
            return answer(pending.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new HttpTimeoutException("the gateway did not answer within %d ms".formatted(limit.toMillis()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            pending.cancel(true);
            throw e;
        }
    }

    private static JsonNode answer(HttpResponse<byte[]> response) throws IOException {
        var status = response.statusCode();
        if (status / 100 == 2) {
            return JSON.readTree(response.body());
        }
        var detail = "";
        try {
            detail = JSON.readTree(response.body()).path("detail").asText("");
        } catch (IOException e) {
            // whoever answered was not the gateway: its status says enough
        }
        throw new GatewayException(
                status, "the gateway answered %d%s".formatted(status, detail.isEmpty() ? "" : ": " + detail));
    }

    private static SSLContext context(Optional<TlsIdentity> identity, List<X509Certificate> servers) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            if (identity.isPresent()) {
                store.setKeyEntry(
                        "machine",
                        identity.get().key(),
                        new char[0],
                        identity.get().chain().toArray(X509Certificate[]::new));
            }
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {new PinnedServers(servers)}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the machine's certificate and key do not serve for TLS: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
