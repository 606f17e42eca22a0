package io.crema.edge.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import io.crema.edge.Provisioning;
import java.util.Optional;

/**
 * All that anybody needs to redeem a channel: its newest receipt, without what was drunk. As JSON it is small enough for a
 * QR code. Whoever submits it pays the gas, and the payee is credited.
 *
 * @param chainId of the chain where the contract is
 * @param paymentProvider the contract that holds the channel
 * @param index of the channel between customer and payee
 * @param badge of the employee who signed; empty = the customer's own key
 */
public record NewestReceipt(
        long chainId,
        Address paymentProvider,
        Address customer,
        Address payee,
        long index,
        Signed<Receipt> receipt,
        Optional<Signed<Badge>> badge) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FORM = "crema-receipt-1";

    /** @throws IllegalArgumentException when receipt or badge are of another channel or customer */
    public NewestReceipt {
        var channel = ChannelId.of(customer, payee, index);
        if (!receipt.content().channel().equals(channel)) {
            throw new IllegalArgumentException("the receipt is of channel %s, customer, payee and index make %s"
                    .formatted(receipt.content().channel(), channel));
        }
        if (badge.filter(it -> !it.content().customer().equals(customer)).isPresent()) {
            throw new IllegalArgumentException("the badge is of another customer than " + customer);
        }
    }

    public static NewestReceipt of(Provisioning it, SignedReceipt newest) {
        var domain = it.domains().payment();
        return new NewestReceipt(
                domain.chainId(),
                domain.verifyingContract(),
                it.customer(),
                it.payee(),
                it.index(),
                newest.receipt(),
                newest.badge());
    }

    public ChannelId channel() {
        return receipt.content().channel();
    }

    public String toJson() {
        var root = MAPPER.createObjectNode();
        root.put("form", FORM);
        root.put("chainId", chainId);
        root.put("paymentProvider", paymentProvider.hex());
        root.put("customer", customer.hex());
        root.put("payee", payee.hex());
        root.put("index", index);
        root.put("sequence", receipt.content().sequence());
        root.put("total", receipt.content().total().toString());
        root.put("history", receipt.content().history().hex());
        root.put("signature", receipt.signature().hex());
        badge.ifPresent(signed -> {
            var content = signed.content();
            var node = root.putObject("badge");
            node.put("employee", content.employee().hex());
            node.put("channel", content.channel().value().hex());
            node.put("maxTotal", content.maxTotal().toString());
            node.put("epoch", content.epoch());
            node.put("validFrom", content.validFrom());
            node.put("validUntil", content.validUntil());
            node.put("signature", signed.signature().hex());
        });
        return root.toString();
    }

    /** @throws IllegalArgumentException naming what is missing or wrong */
    public static NewestReceipt fromJson(String json) {
        try {
            return read(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the receipt is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static NewestReceipt read(JsonNode root) {
        if (!FORM.equals(root.path("form").asText())) {
            throw new IllegalArgumentException("the receipt's form is '%s', expected '%s'"
                    .formatted(root.path("form").asText(), FORM));
        }
        var customer = Address.fromHex(text(root, "customer"));
        var payee = Address.fromHex(text(root, "payee"));
        var index = number(root, "index");
        var receipt = new Receipt(
                ChannelId.of(customer, payee, index),
                number(root, "sequence"),
                Amount.parse(text(root, "total")),
                Hash.fromHex(text(root, "history")));
        var badge = root.get("badge");
        return new NewestReceipt(
                number(root, "chainId"),
                Address.fromHex(text(root, "paymentProvider")),
                customer,
                payee,
                index,
                new Signed<>(receipt, Signature.fromHex(text(root, "signature"))),
                badge == null || badge.isNull() ? Optional.empty() : Optional.of(badge(badge, customer)));
    }

    private static Signed<Badge> badge(JsonNode node, Address customer) {
        var badge = new Badge(
                customer,
                Address.fromHex(text(node, "employee")),
                new ChannelId(Hash.fromHex(text(node, "channel"))),
                Amount.parse(text(node, "maxTotal")),
                number(node, "epoch"),
                number(node, "validFrom"),
                number(node, "validUntil"));
        return new Signed<>(badge, Signature.fromHex(text(node, "signature")));
    }

    private static String text(JsonNode node, String name) {
        var value = node.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("the receipt's %s is %s, expected a text".formatted(name, value));
        }
        return value.textValue();
    }

    private static long number(JsonNode node, String name) {
        var value = node.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new IllegalArgumentException(
                    "the receipt's %s is %s, expected a whole number from 0".formatted(name, value));
        }
        return value.longValue();
    }
}
