package io.crema.simulation.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Several questions to a node in one exchange. Not thread-safe. */
final class RpcBatch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI node;
    private final ArrayNode questions = JSON.createArrayNode();

    RpcBatch(HttpClient http, String node) {
        this.http = http;
        this.node = URI.create(node);
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
    JsonNode[] send() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(node)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(questions)))
                .build();
        var answer = JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
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
