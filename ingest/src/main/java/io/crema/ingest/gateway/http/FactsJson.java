package io.crema.ingest.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.value.MachineId;
import io.crema.events.BadgesRevoked;
import io.crema.events.MachinePlaced;
import io.crema.events.TariffRecord;
import io.crema.ingest.gateway.fold.MachineFacts;
import io.crema.ingest.gateway.fold.Rental;
import io.crema.schemas.convert.Convert;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine's facts as JSON: hexadecimal ids, amounts as decimal strings, the chain's times in ISO 8601, signed times as
 * whole seconds since 1970. Stateless.
 */
final class FactsJson {
    private FactsJson() {}

    /** In the order in which a machine should learn them; the newest block is not among them. */
    static List<ObjectNode> of(MachineId machine, MachineFacts facts) {
        var all = new ArrayList<ObjectNode>();
        facts.rental().ifPresent(it -> all.add(rental(it, facts.chain())));
        facts.channels().forEach(it -> all.add(channel(it)));
        facts.customer().ifPresent(it -> all.add(customer(it)));
        facts.placement().ifPresent(it -> all.add(placement(it)));
        facts.tariffs().forEach(it -> all.add(tariff(machine, it)));
        facts.revocations().ifPresent(it -> all.add(revocations(it)));
        return all;
    }

    static ObjectNode block(MachineFacts.Block block) {
        return fact("block")
                .put("number", block.number())
                .put("time", block.time().toString());
    }

    private static ObjectNode rental(Rental it, long block) {
        return fact("rental")
                .put("block", block)
                .put("customer", it.customer().hex())
                .put("payee", it.payee().hex())
                .put("index", it.index());
    }

    private static ObjectNode channel(MachineFacts.Channel it) {
        var now = it.now();
        var fact = fact("channel")
                .put("block", it.block())
                .put("channel", it.channel().toString())
                .put("deposited", now.deposited().toString())
                .put("redeemed", now.redeemed().toString())
                .put("challengePeriodMinutes", now.periodMinutes())
                // A channel that a reorg took away serves as little as one that was closed.
                .put("closed", now.closed() || !now.opened());
        now.closeAt().ifPresent(time -> fact.put("closeAt", time.toString()));
        return fact;
    }

    private static ObjectNode customer(MachineFacts.Customer it) {
        return fact("customer")
                .put("block", it.block())
                .put("customer", it.account().hex())
                .put("epoch", it.now().epoch())
                .put("signer", it.now().signer().hex());
    }

    private static ObjectNode placement(MachinePlaced it) {
        return fact("placement")
                .put("channel", Convert.channel(it.getChannel()).toString())
                .put("machine", Convert.machine(it.getMachine()).toString())
                .put("machineKey", Convert.address(it.getMachineKey()).hex())
                .put("token", Convert.address(it.getToken()).hex())
                .put("decimals", it.getDecimals())
                .put("validUntil", Convert.seconds(it.getValidUntil()))
                .put("signature", Convert.signature(it.getSignature()).hex());
    }

    private static ObjectNode tariff(MachineId machine, TariffRecord it) {
        var fact = fact("tariff")
                .put("machine", machine.toString())
                .put("version", it.getVersion())
                .put("validFrom", Convert.seconds(it.getValidFrom()))
                .put("signature", Convert.signature(it.getSignature()).hex());
        var prices = fact.putObject("prices");
        var names = fact.putObject("names");
        for (var item : it.getItems()) {
            var product = Convert.product(item.getProduct()).toString();
            prices.put(product, Convert.amount(item.getPrice()).toString());
            if (!item.getName().isEmpty()) {
                names.put(product, item.getName());
            }
        }
        return fact;
    }

    private static ObjectNode revocations(BadgesRevoked it) {
        var fact = fact("revocations")
                .put("customer", Convert.address(it.getAccount()).hex())
                .put("epoch", it.getEpoch())
                .put("version", it.getVersion())
                .put("signature", Convert.signature(it.getSignature()).hex());
        var badges = fact.putArray("badges");
        it.getBadges().forEach(badge -> badges.add(Convert.hash(badge).hex()));
        return fact;
    }

    private static ObjectNode fact(String kind) {
        return Fields.JSON.createObjectNode().put("kind", kind);
    }
}
