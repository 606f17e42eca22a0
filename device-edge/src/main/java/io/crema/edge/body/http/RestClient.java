package io.crema.edge.body.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.crema.edge.body.BodyConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to a machine: each ends within the patience, with whatever came. Thread-safe. */
final class RestClient implements AutoCloseable {
    static final int OK = 200;
    static final int CREATED = 201;
    static final int ACCEPTED = 202;
    static final int NOT_FOUND = 404;
    static final int TIMED_OUT = 408;
    static final int CONFLICT = 409;
    static final int GONE = 410;
    static final int TOO_EARLY = 425;
    static final int TOO_MANY = 429;
    private static final int NOTHING = 0;
    private static final int LARGEST = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BodyConfig.Rest config;
    private final HttpClient http;

    RestClient(BodyConfig.Rest config) {
        this.config = config;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.patience())
                .build();
    }

    /**
     * What came back.
     *
     * @param status 0 when nothing did
     * @param body missing when it is no JSON
     * @param why in plain words, for logs
     */
    record Answer(int status, JsonNode body, String why) {}

    Answer get(String path) {
        return ask(request(path).GET());
    }

    /** A start that may be repeated: the machine makes each key at most once. */
    Answer post(String path, String key, JsonNode body) {
        return ask(request(path)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(config.base() + path))
                .timeout(config.patience())
                .header("Accept", "application/json");
        config.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    /** The whole answer must be there within the patience: a request's own timeout ends with the headers. */
    private Answer ask(HttpRequest.Builder request) {
        var pending = http.sendAsync(
                request.build(), HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST));
        try {
            var response = pending.get(config.patience().toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(), json(response.body()), "status %d".formatted(response.statusCode()));
        } catch (TimeoutException e) {
            pending.cancel(true);
            return nothing("no answer within %d ms".formatted(config.patience().toMillis()));
        } catch (ExecutionException e) {
            return nothing(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            return nothing("interrupted");
        }
    }

    private static Answer nothing(String why) {
        return new Answer(NOTHING, MissingNode.getInstance(), why);
    }

    private static JsonNode json(byte[] bytes) {
        try {
            var tree = JSON.readTree(bytes);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
