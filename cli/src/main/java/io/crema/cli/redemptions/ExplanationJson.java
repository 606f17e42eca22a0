package io.crema.cli.redemptions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.schemas.convert.Convert;

/** An explanation as JSON: amounts as decimal strings, times in ISO-8601; absent fields are left out. Stateless. */
final class ExplanationJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExplanationJson() {}

    static ObjectNode node(Explanation it) {
        var node = JSON.createObjectNode();
        node.put("channel", it.channel().toString());
        node.put("status", it.status());
        node.put("deposited", it.deposited().toString());
        node.put("accepted", it.accepted().toString());
        node.put("redeemed", it.redeemed().toString());
        node.put("unredeemed", it.unredeemed().toString());
        node.put("remaining", it.remaining().toString());
        it.since().ifPresent(at -> node.put("unredeemedSince", at.toString()));
        it.demand()
                .ifPresent(demand ->
                        node.put("redeemedNowBecauseOf", demand.reason().name()));
        it.next().ifPresent(at -> node.put("next", at.toString()));
        it.retryAt().ifPresent(at -> node.put("retryAt", at.toString()));
        var triggers = node.putArray("triggers");
        it.triggers().forEach(trigger -> {
            var one = triggers.addObject().put("name", trigger.name()).put("fires", trigger.fires());
            trigger.at().ifPresent(at -> one.put("at", at.toString()));
            one.put("sentence", trigger.sentence());
        });
        it.open().ifPresent(open -> {
            var one = node.putObject("open")
                    .put("intent", Convert.hash(open.getIntent()).hex())
                    .put("attempt", open.getAttempt())
                    .put("total", open.getReceipt().getTotal().toPlainString())
                    .put("reason", open.getReason())
                    .put("decidedAt", open.getDecidedAt().toString());
            it.step()
                    .ifPresent(step -> one.put(
                                    "transaction",
                                    Convert.hash(step.getTransactionHash()).hex())
                            .put("nonce", step.getNonce())
                            .put("stage", step.getStage().name()));
        });
        it.outcome()
                .ifPresent(outcome -> node.putObject("outcome")
                        .put("kind", outcome.getKind().name())
                        .put("attempt", outcome.getAttempt())
                        .put("total", String.valueOf(outcome.getTotal()))
                        .put("time", outcome.getTime().toString())
                        .put("reason", outcome.getReason()));
        return node;
    }
}
