package io.crema.bench.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** A node's JSON-RPC over HTTP without anything on top, calls one by one or many in one request. Thread-safe. */
final class Rpc implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI node;

    /** @param params as Jackson writes them */
    record Call(String method, List<Object> params) {
        static Call of(String method, Object... params) {
            return new Call(method, List.of(params));
        }
    }

    Rpc(String url) {
        this.node = URI.create(url);
    }

    JsonNode call(String method, Object... params) throws IOException, InterruptedException {
        return all(List.of(Call.of(method, params))).getFirst();
    }

    long number(String method, Object... params) throws IOException, InterruptedException {
        return number(call(method, params));
    }

    static long number(JsonNode quantity) {
        return Long.decode(quantity.textValue());
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    static String word(BigInteger number) {
        return "0x%064x".formatted(number);
    }

    /**
     * The calls in one request.
     *
     * @return the results in the calls' order
     * @throws IOException naming the first error
     */
    List<JsonNode> all(List<Call> calls) throws IOException, InterruptedException {
        ArrayNode batch = JSON.createArrayNode();
        for (var i = 0; i < calls.size(); i++) {
            var call = batch.addObject();
            call.put("jsonrpc", "2.0");
            call.put("id", i);
            call.put("method", calls.get(i).method());
            call.set("params", JSON.valueToTree(calls.get(i).params()));
        }
        var answers = JSON.readTree(post(JSON.writeValueAsBytes(batch)));
        var results = new ArrayList<JsonNode>();
        for (var answer : answers) {
            if (answer.has("error")) {
                throw new IOException("the node refuses a call among %d of %s: %s"
                        .formatted(calls.size(), calls.getFirst().method(), answer.get("error")));
            }
            results.add(answer.get("result"));
        }
        if (results.size() != calls.size()) {
            throw new IOException("%d calls, but %d answers".formatted(calls.size(), results.size()));
        }
        return results;
    }

    /**
     * The answer's bytes, not looked at and not kept.
     *
     * @return how many
     */
    long bytes(String method, Object... params) throws IOException, InterruptedException {
        try (var body = open(method, params)) {
            return body.transferTo(OutputStream.nullOutputStream());
        }
    }

    /**
     * Reads the answer's JSON, without keeping it.
     *
     * @return how many characters its values have
     */
    long tokens(String method, Object... params) throws IOException, InterruptedException {
        try (var body = open(method, params);
                var parser = JSON.createParser(body)) {
            var count = 0L;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                count += token.isScalarValue() ? parser.getText().length() : 0;
            }
            return count;
        }
    }

    private InputStream open(String method, Object... params) throws IOException, InterruptedException {
        var call = JSON.createObjectNode();
        call.put("jsonrpc", "2.0");
        call.put("id", 1);
        call.put("method", method);
        call.set("params", JSON.valueToTree(params));
        return http.send(request(JSON.writeValueAsBytes(call)), HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    private byte[] post(byte[] body) throws IOException, InterruptedException {
        return http.send(request(body), HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    private HttpRequest request(byte[] body) {
        return HttpRequest.newBuilder(node)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
