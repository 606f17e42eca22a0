package io.crema.cli.rental;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.Signature;
import java.math.BigInteger;

/** A signed offer as a manufacturer hands it over: JSON with the names of the signed type, numbers as decimal strings. */
final class OfferFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OfferFile() {}

    static String write(Signed<Offer> signed) {
        var offer = signed.content();
        var terms = offer.terms();
        var root = JSON.createObjectNode();
        root.put("manufacturer", offer.manufacturer().hex());
        root.put("customer", offer.customer().hex());
        root.put("machine", offer.machine().toString());
        root.putObject("terms")
                .put("token", terms.token().hex())
                .put("minDeposit", terms.minDeposit().toString())
                .put("challengePeriod", "" + terms.challengePeriod())
                .put("minimumTerm", "" + terms.minimumTerm())
                .put("notice", "" + terms.notice())
                .put("downtimePerHour", terms.downtimePerHour().toString())
                .put("downtimeCap", terms.downtimeCap().toString())
                .put("bond", terms.bond().toString())
                .put("document", terms.document().hex());
        root.put("validUntil", "" + offer.validUntil());
        root.put("nonce", offer.nonce().toString());
        root.put("signature", signed.signature().hex());
        return root.toPrettyString() + System.lineSeparator();
    }

    /** @throws IllegalArgumentException naming what is missing or malformed */
    static Signed<Offer> read(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the offer is not JSON: " + e.getOriginalMessage(), e);
        }
        var terms = root.path("terms");
        var offer = new Offer(
                Address.fromHex(text(root, "manufacturer")),
                Address.fromHex(text(root, "customer")),
                new MachineId(hash(root, "machine")),
                new Terms(
                        Address.fromHex(text(terms, "token")),
                        Amount.parse(text(terms, "minDeposit")),
                        number(terms, "challengePeriod").longValueExact(),
                        number(terms, "minimumTerm").longValueExact(),
                        number(terms, "notice").longValueExact(),
                        Amount.parse(text(terms, "downtimePerHour")),
                        Amount.parse(text(terms, "downtimeCap")),
                        Amount.parse(text(terms, "bond")),
                        hash(terms, "document")),
                number(root, "validUntil").longValueExact(),
                number(root, "nonce"));
        return new Signed<>(offer, Signature.fromHex(text(root, "signature")));
    }

    private static String text(JsonNode node, String name) {
        if (!node.path(name).isTextual()) {
            throw new IllegalArgumentException("the offer has no '%s'; expected a text".formatted(name));
        }
        return node.path(name).asText();
    }

    private static Hash hash(JsonNode node, String name) {
        return Hash.of(Hex.decode(name, text(node, name), Hash.LENGTH));
    }

    private static BigInteger number(JsonNode node, String name) {
        var text = text(node, name);
        if (!text.matches("[0-9]{1,78}")) {
            throw new IllegalArgumentException("the offer's '%s' is '%s', expected a number".formatted(name, text));
        }
        return new BigInteger(text);
    }
}
