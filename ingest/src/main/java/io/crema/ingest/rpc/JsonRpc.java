package io.crema.ingest.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.crema.ingest.watch.ChainUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One node's JSON-RPC over HTTP: batches bounded in number, answers bounded in bytes and read as they come. Every
 * failure is a {@link ChainUnavailableException} that names the node. Thread-safe.
 */
final class JsonRpc implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final JsonFactory PARSERS = new JsonFactory();
    private static final int BATCH = 64;
    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(10);

    private final String node;
    private final HttpUrl url;
    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(3))
            .readTimeout(SILENCE_LIMIT)
            .callTimeout(CALL_LIMIT)
            .build();
    private volatile boolean batches = true;

    /** Reads a result from its first token on; null for a JSON null. */
    interface Result<T> {
        @Nullable
        T read(JsonParser json) throws IOException;
    }

    /** @param node by which name people know it */
    JsonRpc(String node, HttpUrl url) {
        this.node = node;
        this.url = url;
    }

    /**
     * One call.
     *
     * @param parameters a JSON array
     */
    <T> Optional<T> call(String method, String parameters, Result<T> result) {
        return send(method, List.of(parameters), result, false).getFirst();
    }

    /** A call for each of these parameters, answered in their order; empty for null. */
    <T> List<Optional<T>> calls(String method, List<String> parameters, Result<T> result) {
        List<Optional<T>> answers = new ArrayList<>(parameters.size());
        for (var start = 0; start < parameters.size(); ) {
            var end = Math.min(parameters.size(), start + (batches ? BATCH : 1));
            var part = parameters.subList(start, end);
            try {
                answers.addAll(send(method, part, result, part.size() > 1));
                start = end;
            } catch (NoBatchesException e) {
                batches = false;
            }
        }
        return answers;
    }

    private <T> List<Optional<T>> send(String method, List<String> parameters, Result<T> result, boolean batch) {
        var calls = IntStream.range(0, parameters.size())
                .mapToObj(id -> "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
                        .formatted(id, method, parameters.get(id)));
        var body = batch ? calls.collect(Collectors.joining(",", "[", "]")) : calls.collect(Collectors.joining());
        var request = new Request.Builder()
                .url(url)
                .post(RequestBody.create(body, JSON))
                .build();
        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                var retryAfter = response.header("Retry-After");
                throw NodeErrors.ofStatus(node, method, response.code(), retryAfter == null ? "" : retryAfter);
            }
            var answer = Objects.requireNonNull(response.body(), "an answer has a body");
            try (var json = PARSERS.createParser(new BoundedStream(answer.byteStream(), MOST_BYTES))) {
                return answers(json, method, parameters.size(), result);
            }
        } catch (BoundedStream.TooLongException e) {
            throw NodeErrors.tooLong(node, method, MOST_BYTES);
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new ChainUnavailableException(
                    "the node at %s did not answer %s: %s".formatted(node, method, e.getMessage()), e);
        }
    }

    private <T> List<Optional<T>> answers(JsonParser json, String method, int expected, Result<T> result)
            throws IOException {
        List<Optional<T>> answers = new ArrayList<>(Collections.nCopies(expected, Optional.empty()));
        var seen = 0;
        if (json.nextToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                answer(json, method, answers, result);
                seen++;
            }
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
            try {
                answer(json, method, answers, result);
            } catch (ChainUnavailableException e) {
                throw expected > 1 ? new NoBatchesException(String.valueOf(e.getMessage())) : e;
            }
            seen++;
        }
        if (seen != expected) {
            throw new IOException("%d answers to %d calls".formatted(seen, expected));
        }
        return answers;
    }

    private <T> void answer(JsonParser json, String method, List<Optional<T>> answers, Result<T> result)
            throws IOException {
        var id = 0;
        var found = Optional.<T>empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = json.currentToken() == JsonToken.VALUE_NULL ? 0 : json.getIntValue();
                case "error" -> fail(json, method);
                case "result" ->
                    found = json.currentToken() == JsonToken.VALUE_NULL
                            ? Optional.empty()
                            : Optional.ofNullable(result.read(json));
                default -> json.skipChildren();
            }
        }
        if (id < 0 || id >= answers.size()) {
            throw new IOException("an answer to call %d of %d".formatted(id, answers.size()));
        }
        answers.set(id, found);
    }

    private void fail(JsonParser json, String method) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        var code = 0;
        var message = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            if (name.equals("code")) {
                code = json.getIntValue();
            } else if (name.equals("message")) {
                message = json.getText();
            } else {
                json.skipChildren();
            }
        }
        throw NodeErrors.of(node, method, code, message);
    }

    /** Cuts what is under way. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /** The node answers a batch as a whole with an error. */
    private static final class NoBatchesException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NoBatchesException(String message) {
            super(message);
        }
    }
}
