package io.crema.chain.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the contracts of one deployment are. Immutable.
 *
 * @param token the ERC-20 token of all channels
 * @param chainId of the chain they are on
 * @param deploymentBlock the first block that can hold an event of them
 */
public record Contracts(
        Address token,
        Address identityProvider,
        Address paymentProvider,
        Address rentalProvider,
        Address maintenanceProvider,
        Address supplyProvider,
        long chainId,
        long deploymentBlock) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The domain of Receipt, Badge, Placement, Tariff, Failure and Revocations. */
    public Domain paymentDomain() {
        return new Domain(chainId, paymentProvider);
    }

    /** The domain of Offer and Acceptance, and of attestations of downtime. */
    public Domain rentalDomain() {
        return new Domain(chainId, rentalProvider);
    }

    /** The domain of ServiceAgreement and TelemetryBatch, and of attestations of faults and repairs. */
    public Domain maintenanceDomain() {
        return new Domain(chainId, maintenanceProvider);
    }

    /** The domain of SupplyAgreement, and of attestations of levels and deliveries. */
    public Domain supplyDomain() {
        return new Domain(chainId, supplyProvider);
    }

    /** The contracts' addresses by the contracts' names. */
    public Map<String, Address> byName() {
        Map<String, Address> byName = new TreeMap<>();
        byName.put("IdentityProvider", identityProvider);
        byName.put("PaymentProvider", paymentProvider);
        byName.put("RentalProvider", rentalProvider);
        byName.put("MaintenanceProvider", maintenanceProvider);
        byName.put("SupplyProvider", supplyProvider);
        return byName;
    }

    /** One JSON object with this record's names; addresses as 0x-hexadecimal, the rest as numbers. */
    public String toJson() {
        return toNode().toPrettyString();
    }

    ObjectNode toNode() {
        var node = JSON.createObjectNode();
        node.put("token", token.hex());
        node.put("identityProvider", identityProvider.hex());
        node.put("paymentProvider", paymentProvider.hex());
        node.put("rentalProvider", rentalProvider.hex());
        node.put("maintenanceProvider", maintenanceProvider.hex());
        node.put("supplyProvider", supplyProvider.hex());
        node.put("chainId", chainId);
        node.put("deploymentBlock", deploymentBlock);
        return node;
    }

    /** @throws IllegalArgumentException naming the field that is missing or malformed */
    public static Contracts fromJson(String json) {
        try {
            var node = JSON.readTree(json);
            return new Contracts(
                    address(node, "token"),
                    address(node, "identityProvider"),
                    address(node, "paymentProvider"),
                    address(node, "rentalProvider"),
                    address(node, "maintenanceProvider"),
                    address(node, "supplyProvider"),
                    number(node, "chainId"),
                    number(node, "deploymentBlock"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the contracts' addresses are not JSON: " + e.getOriginalMessage() + "; deploy again", e);
        }
    }

    /** Replaces the file as a whole, so that no reader sees half of it. */
    public void write(Path file) throws IOException {
        replace(file, toJson() + "\n");
    }

    static void replace(Path file, String text) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    public static Contracts read(Path file) throws IOException {
        return fromJson(Files.readString(file));
    }

    private static Address address(JsonNode node, String field) {
        var value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("contracts: " + field + " must be an address, got " + value);
        }
        return Address.fromHex(value.textValue());
    }

    private static long number(JsonNode node, String field) {
        var value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("contracts: " + field + " must be a whole number, got " + value);
        }
        return value.longValue();
    }
}
