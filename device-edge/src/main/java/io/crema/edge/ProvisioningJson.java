package io.crema.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.Signature;
import io.crema.edge.Provisioning.PricedTariff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Provisioning as JSON: hexadecimal ids, amounts as decimal strings, times as seconds since 1970. */
final class ProvisioningJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ProvisioningJson() {}

    static String write(Provisioning it) {
        var root = MAPPER.createObjectNode();
        root.put("machine", it.machine().toString());
        root.put("serial", it.serial());
        root.put("chainId", it.domains().payment().chainId());
        root.put("paymentProvider", it.domains().payment().verifyingContract().hex());
        root.put("rentalProvider", it.domains().rental().verifyingContract().hex());
        root.put(
                "maintenanceProvider",
                it.domains().maintenance().verifyingContract().hex());
        root.put("customer", it.customer().hex());
        root.put("payee", it.payee().hex());
        root.put("index", it.index());
        root.put("token", it.token().hex());
        root.put("decimals", it.decimals());
        root.put("deposited", it.deposited().toString());
        root.put("challengePeriodMinutes", it.challengePeriodMinutes());
        root.put("epoch", it.epoch());
        root.put("signer", it.signer().hex());
        var placement = root.putObject("placement");
        placement.put("machineKey", it.placement().content().machineKey().hex());
        placement.put("validUntil", it.placement().content().validUntil());
        placement.put("signature", it.placement().signature().hex());
        var tariffs = root.putArray("tariffs");
        it.tariffs().forEach(tariff -> write(tariff, tariffs.addObject()));
        var names = root.putObject("productNames");
        new TreeMap<>(it.productNames()).forEach((product, name) -> names.put(product.toString(), name));
        try {
            return MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always writable", e);
        }
    }

    private static void write(PricedTariff priced, ObjectNode node) {
        var tariff = priced.tariff().content();
        node.put("version", tariff.version());
        node.put("validFrom", tariff.validFrom());
        node.put("signature", priced.tariff().signature().hex());
        var prices = node.putObject("prices");
        priced.prices().forEach((product, price) -> prices.put(product.toString(), price.toString()));
    }

    static Provisioning read(String json) {
        try {
            return read(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the provisioning is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Provisioning read(JsonNode root) {
        var machine = MachineId.fromHex(text(root, "machine"));
        var customer = address(root, "customer");
        var payee = address(root, "payee");
        var index = number(root, "index");
        var token = address(root, "token");
        var decimals = (int) number(root, "decimals");
        var placement = field(root, "placement");
        var channel = io.crema.contracts.value.ChannelId.of(customer, payee, index);
        var tariffs = new ArrayList<PricedTariff>();
        field(root, "tariffs").forEach(node -> tariffs.add(tariff(node, machine)));
        Map<ProductId, String> names = new HashMap<>();
        field(root, "productNames")
                .properties()
                .forEach(name -> names.put(
                        ProductId.fromHex(name.getKey()), name.getValue().asText()));
        return new Provisioning(
                machine,
                text(root, "serial"),
                Domains.of(
                        number(root, "chainId"),
                        address(root, "paymentProvider"),
                        address(root, "rentalProvider"),
                        address(root, "maintenanceProvider")),
                customer,
                payee,
                index,
                token,
                decimals,
                Amount.parse(text(root, "deposited")),
                (int) number(root, "challengePeriodMinutes"),
                new Signed<>(
                        new Placement(
                                channel,
                                machine,
                                address(placement, "machineKey"),
                                token,
                                decimals,
                                number(placement, "validUntil")),
                        Signature.fromHex(text(placement, "signature"))),
                tariffs,
                names,
                number(root, "epoch"),
                address(root, "signer"));
    }

    private static PricedTariff tariff(JsonNode node, MachineId machine) {
        var prices = new TreeMap<ProductId, Amount>();
        field(node, "prices")
                .properties()
                .forEach(it -> prices.put(
                        ProductId.fromHex(it.getKey()),
                        Amount.parse(it.getValue().asText())));
        Hash root = new io.crema.contracts.typed.TariffItems(prices).root();
        return new PricedTariff(
                new Signed<>(
                        new Tariff(machine, number(node, "version"), number(node, "validFrom"), root),
                        Signature.fromHex(text(node, "signature"))),
                prices);
    }

    private static Address address(JsonNode node, String name) {
        return Address.fromHex(text(node, name));
    }

    private static String text(JsonNode node, String name) {
        var value = field(node, name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("provisioning: %s is %s, expected a text".formatted(name, value));
        }
        return value.textValue();
    }

    private static long number(JsonNode node, String name) {
        var value = field(node, name);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException(
                    "provisioning: %s is %s, expected a whole number".formatted(name, value));
        }
        return value.longValue();
    }

    private static JsonNode field(JsonNode node, String name) {
        var value = node.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException("provisioning: " + name + " is missing");
        }
        return value;
    }
}
