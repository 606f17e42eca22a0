package io.crema.simulation.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Several questions to a node in one exchange. Not thread-safe. */
final class RpcBatch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final MediaType TYPE = MediaType.get("application/json");

    private final OkHttpClient http;
    private final String node;
    private final ArrayNode questions = JSON.createArrayNode();

    /** @param http one that looks whether a kept connection still stands: a call must not be sent twice */
    RpcBatch(OkHttpClient http, String node) {
        this.http = http;
        this.node = node;
    }

    /** @param parameters as JSON */
    RpcBatch ask(String method, String parameters) throws IOException {
        var id = questions.size();
        questions
                .addObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .set("params", JSON.readTree(parameters));
        return this;
    }

    /** The results in the order of the questions. */
    JsonNode[] send() throws IOException {
        var request = new Request.Builder()
                .url(node)
                .post(RequestBody.create(JSON.writeValueAsBytes(questions), TYPE))
                .build();
        JsonNode answer;
        try (var response = http.newCall(request).execute()) {
            answer = JSON.readTree(Objects.requireNonNull(response.body()).bytes());
        }
        var results = new JsonNode[questions.size()];
        for (var one : answer) {
            if (one.has("error")) {
                throw new IOException(questions.get(one.get("id").asInt()) + " was answered with " + one.get("error"));
            }
            results[one.get("id").asInt()] = one.get("result");
        }
        return results;
    }
}
