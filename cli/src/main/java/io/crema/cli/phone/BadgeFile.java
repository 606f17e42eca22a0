package io.crema.cli.phone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import io.crema.phone.Company;
import io.crema.phone.Invitation;
import io.crema.phone.TokenUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A badge as a company hands it out: JSON, or the link that phones take. */
final class BadgeFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 100_000;

    private BadgeFile() {}

    /** @param given JSON, a link, or a file that holds either */
    static Invitation read(String given) {
        var text = given.strip();
        if (!text.startsWith("{") && !text.startsWith(Invitation.SCHEME)) {
            text = contents(Path.of(text)).strip();
        }
        return text.startsWith(Invitation.SCHEME) ? Invitation.parse(text) : parse(text);
    }

    private static String contents(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw new PhoneException("%s has %d bytes, a badge at most %d; give the badge's file"
                        .formatted(file, Files.size(file), LONGEST));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new PhoneException(
                    "cannot read %s (%s); give a badge's file, its JSON, or its link %s..."
                            .formatted(file, e.getClass().getSimpleName(), Invitation.SCHEME),
                    e);
        }
    }

    static Invitation parse(String json) {
        try {
            var root = JSON.readTree(json);
            var badge = field(root, "badge");
            var content = new Badge(
                    Address.fromHex(text(badge, "customer")),
                    Address.fromHex(text(badge, "employee")),
                    ChannelId.fromHex(text(badge, "channel")),
                    Amount.parse(text(badge, "maxTotal")),
                    number(badge, "epoch"),
                    number(badge, "validFrom"),
                    number(badge, "validUntil"));
            var signed = new Signed<>(content, Signature.fromHex(text(badge, "signature")));
            var signers = new ArrayList<Address>();
            root.path("signers").forEach(it -> signers.add(Address.fromHex(it.asText())));
            if (signers.isEmpty()) {
                signers.add(content.customer());
            }
            var products = new ArrayList<String>();
            root.path("products").forEach(it -> products.add(it.asText()));
            return new Invitation(
                    new Domain(number(root, "chainId"), Address.fromHex(text(root, "paymentProvider"))),
                    new Company(
                            content.customer(),
                            signers,
                            Optional.of(signed),
                            root.path("name").asText("")),
                    new TokenUnit(
                            Math.toIntExact(number(root, "decimals")),
                            root.path("symbol").asText("")),
                    products);
        } catch (JsonProcessingException e) {
            throw new PhoneException(
                    "the badge is no JSON: %s; give it as the company sent it".formatted(e.getOriginalMessage()), e);
        } catch (ArithmeticException e) {
            throw new PhoneException("a number of the badge is out of its range: " + e.getMessage(), e);
        }
    }

    /** A company's list of revoked badges: digests, and its signature over them. */
    record Revoked(Signed<Revocations> list, List<Hash> badges) {}

    /** @param given JSON, or a file that holds it */
    static Revoked revoked(String given) {
        var text = given.strip().startsWith("{") ? given : contents(Path.of(given));
        try {
            var root = JSON.readTree(text);
            var badges = new ArrayList<Hash>();
            field(root, "badges").forEach(it -> badges.add(Hash.fromHex(it.asText())));
            var content = new Revocations(
                    Address.fromHex(text(root, "customer")),
                    number(root, "epoch"),
                    number(root, "version"),
                    Revocations.list(badges));
            return new Revoked(new Signed<>(content, Signature.fromHex(text(root, "signature"))), badges);
        } catch (JsonProcessingException e) {
            throw new PhoneException(
                    "the list is no JSON: %s; give it as the company sent it".formatted(e.getOriginalMessage()), e);
        }
    }

    static String json(Invitation invitation) {
        var root = JSON.createObjectNode();
        var company = invitation.company();
        root.put("chainId", invitation.domain().chainId());
        root.put("paymentProvider", invitation.domain().verifyingContract().hex());
        root.put("name", company.name());
        root.put("decimals", invitation.unit().decimals());
        root.put("symbol", invitation.unit().symbol());
        strings(root, "signers", company.signers().stream().map(Address::hex).toList());
        strings(root, "products", invitation.products());
        company.badge().ifPresent(signed -> {
            var badge = signed.content();
            root.putObject("badge")
                    .put("customer", badge.customer().hex())
                    .put("employee", badge.employee().hex())
                    .put("channel", badge.channel().toString())
                    .put("maxTotal", badge.maxTotal().toString())
                    .put("epoch", badge.epoch())
                    .put("validFrom", badge.validFrom())
                    .put("validUntil", badge.validUntil())
                    .put("signature", signed.signature().hex());
        });
        return root.toPrettyString();
    }

    private static void strings(ObjectNode node, String name, List<String> values) {
        var array = node.putArray(name);
        values.forEach(array::add);
    }

    private static String text(JsonNode node, String name) {
        var value = field(node, name);
        if (!value.isTextual()) {
            throw new PhoneException("'%s' is %s; expected text in quotes".formatted(name, value));
        }
        return value.asText();
    }

    private static long number(JsonNode node, String name) {
        var value = field(node, name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new PhoneException("'%s' is %s; expected a whole number".formatted(name, value));
        }
        return value.asLong();
    }

    private static JsonNode field(JsonNode node, String name) {
        var value = node.get(name);
        if (value == null || value.isNull()) {
            throw new PhoneException("the JSON lacks '%s'; give it whole, as the company sent it".formatted(name));
        }
        return value;
    }
}
