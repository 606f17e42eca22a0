package io.crema.edge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.Signature;
import io.crema.edge.Provisioning.PricedTariff;
import io.crema.edge.gateway.DownlinkPort.Answer;
import io.crema.edge.node.Fact;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The downlink's answers from JSON: hexadecimal ids, amounts as decimal strings, the chain's times in ISO 8601, signed
 * times as whole seconds since 1970. A fact of an unknown kind, or a broken one, is left out and named: an older machine
 * must be able to listen to a newer gateway.
 */
final class FactJson {
    private static final int MOST_ITEMS = 1024;

    private FactJson() {}

    static Answer read(JsonNode root) throws IOException {
        var cursor = root.path("cursor").asText("");
        if (!root.path("facts").isArray() || cursor.isEmpty()) {
            throw new IOException("the gateway's answer has no facts and cursor; is this a gateway of Crema?");
        }
        var facts = new ArrayList<Fact>();
        var unreadable = new ArrayList<String>();
        for (var node : root.path("facts")) {
            try {
                facts.add(fact(node));
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                unreadable.add("%s: %s".formatted(node.path("kind").asText("?"), e.getMessage()));
            }
        }
        return new Answer(facts, cursor, unreadable);
    }

    private static Fact fact(JsonNode node) {
        return switch (text(node, "kind")) {
            case "block" -> new Fact.Block(number(node, "number"), Instant.parse(text(node, "time")));
            case "rental" ->
                new Fact.Rented(
                        number(node, "block"),
                        address(node, "customer"),
                        address(node, "payee"),
                        number(node, "index"));
            case "channel" ->
                new Fact.ChannelStanding(
                        number(node, "block"),
                        new ChannelId(hash(node, "channel")),
                        Amount.parse(text(node, "deposited")),
                        Amount.parse(text(node, "redeemed")),
                        Math.toIntExact(number(node, "challengePeriodMinutes")),
                        Optional.ofNullable(node.get("closeAt"))
                                .filter(it -> !it.isNull())
                                .map(it -> Instant.parse(it.asText())),
                        node.path("closed").asBoolean(false));
            case "customer" ->
                new Fact.CustomerStanding(
                        number(node, "block"),
                        address(node, "customer"),
                        number(node, "epoch"),
                        address(node, "signer"));
            case "tariff" -> tariff(node);
            case "placement" ->
                new Fact.Placed(new Signed<>(
                        new Placement(
                                new ChannelId(hash(node, "channel")),
                                new MachineId(hash(node, "machine")),
                                address(node, "machineKey"),
                                address(node, "token"),
                                Math.toIntExact(number(node, "decimals")),
                                number(node, "validUntil")),
                        signature(node)));
            case "revocations" -> revocations(node);
            default -> throw new IllegalArgumentException("unknown here; update the machine's software");
        };
    }

    private static Fact tariff(JsonNode node) {
        var prices = new TreeMap<ProductId, Amount>();
        bounded(node, "prices")
                .properties()
                .forEach(it -> prices.put(
                        ProductId.fromHex(it.getKey()),
                        Amount.parse(it.getValue().asText())));
        Map<ProductId, String> names = new HashMap<>();
        bounded(node, "names")
                .properties()
                .forEach(it ->
                        names.put(ProductId.fromHex(it.getKey()), it.getValue().asText()));
        var tariff = new Tariff(
                new MachineId(hash(node, "machine")),
                number(node, "version"),
                number(node, "validFrom"),
                new TariffItems(prices).root());
        return new Fact.Priced(new PricedTariff(new Signed<>(tariff, signature(node)), prices), names);
    }

    private static Fact revocations(JsonNode node) {
        var badges = new ArrayList<Hash>();
        bounded(node, "badges").forEach(it -> badges.add(Hash.fromHex(it.asText())));
        return new Fact.Revoked(
                new Signed<>(
                        new Revocations(
                                address(node, "customer"),
                                number(node, "epoch"),
                                number(node, "version"),
                                Revocations.list(badges)),
                        signature(node)),
                badges);
    }

    private static JsonNode bounded(JsonNode node, String name) {
        var value = node.path(name);
        if (value.size() > MOST_ITEMS) {
            throw new IllegalArgumentException(
                    "%s has %d entries, expected at most %d".formatted(name, value.size(), MOST_ITEMS));
        }
        return value;
    }

    private static Hash hash(JsonNode node, String name) {
        return Hash.fromHex(text(node, name));
    }

    private static Address address(JsonNode node, String name) {
        return Address.fromHex(text(node, name));
    }

    private static Signature signature(JsonNode node) {
        return Signature.fromHex(text(node, "signature"));
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("%s is %s, expected a text".formatted(name, value));
        }
        return value.textValue();
    }

    private static long number(JsonNode node, String name) {
        var value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("%s is %s, expected a whole number".formatted(name, value));
        }
        return value.longValue();
    }
}
