package io.crema.cli.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.value.ChannelId;
import java.util.Map;

/**
 * An audit's summary as JSON. Its canonical form is what a signature covers: one line of UTF-8 without spaces, the names
 * of each object in the order of their code units (RFC 8785); all numbers are integers below 2^53, money is text.
 * Stateless.
 */
public final class AuditJson {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private AuditJson() {}

    public static ObjectNode node(AuditSummary summary) {
        var node = JSON.createObjectNode();
        node.put("agrees", summary.agrees());
        node.put("chainId", summary.payment().chainId());
        node.put("paymentProvider", summary.payment().verifyingContract().hex());
        node.put("block", summary.block());
        node.put("blockHash", summary.hash().hex());
        node.set("offsets", JSON.valueToTree(summary.offsets()));
        node.set("counts", JSON.valueToTree(summary.counts()));
        node.set("sums", JSON.valueToTree(summary.sums()));
        node.set("pending", JSON.valueToTree(summary.pending()));
        node.set("quarantined", JSON.valueToTree(summary.quarantined()));
        node.set(
                "ahead",
                JSON.valueToTree(
                        summary.ahead().stream().map(ChannelId::toString).toList()));
        var invariants = node.putArray("invariants");
        summary.invariants()
                .forEach(invariant -> invariants
                        .addObject()
                        .put("id", invariant.id())
                        .put("holds", invariant.holds())
                        .put("detail", invariant.detail()));
        var differences = node.putArray("differences");
        summary.differences()
                .forEach(difference -> differences
                        .addObject()
                        .put("invariant", difference.invariant())
                        .put("subject", difference.subject())
                        .put("log", difference.log())
                        .put("expected", difference.expected())
                        .put("record", difference.record()));
        return node;
    }

    /** @throws IllegalArgumentException when the text is no JSON object */
    public static ObjectNode parse(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("expected a JSON object");
    }

    /** What is signed. */
    public static String canonical(JsonNode node) {
        try {
            return JSON.writeValueAsString(JSON.convertValue(node, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }

    /** For people: the same content, indented. */
    public static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    /** @param summary as {@link #node} makes it */
    static ObjectNode signed(JsonNode summary, String auditor, String signature) {
        var node = JSON.createObjectNode();
        node.set("summary", summary);
        Map.of("auditor", auditor, "signature", signature).forEach(node::put);
        return node;
    }
}
