package io.crema.chain.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.Web3jService;

/**
 * A deployment as it is published: where the contracts are, and all from which their code can be made again. Immutable.
 *
 * @param account sent the transactions
 * @param options as they were chosen, the owners named
 */
public record Deployed(Contracts contracts, Address account, DeploymentOptions options) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Deployed {
        options = options.by(account);
    }

    /** A contract whose code on the chain is not what this build makes. */
    public record Difference(String contract, Address address, String what) {
        @Override
        public String toString() {
            return "%s at %s: %s".formatted(contract, address, what);
        }
    }

    /**
     * Compares the code of every contract on the chain with what this build makes of the sources, byte for byte,
     * immutables and all.
     *
     * @return the first contract that differs; empty when none does
     * @throws IOException when the chain does not answer
     */
    public Optional<Difference> firstDifference(Web3jService node) throws IOException {
        var web3j = Web3j.build(node);
        var chainId = web3j.ethChainId().send().getChainId().longValueExact();
        if (chainId != contracts.chainId()) {
            throw new DeploymentException("the contracts are on chain %d, but the node serves chain %d; give the other "
                            .formatted(contracts.chainId(), chainId)
                    + "node's address");
        }
        var blueprint = new Blueprint(account, options);
        var planned = blueprint.contracts(chainId, contracts.deploymentBlock()).byName();
        for (var named : contracts.byName().entrySet()) {
            var expected = planned.getOrDefault(named.getKey(), Address.ZERO);
            if (!named.getValue().equals(expected)) {
                return Optional.of(new Difference(
                        named.getKey(),
                        named.getValue(),
                        "this build would have put it at " + expected + " for " + account));
            }
        }
        var plans = new ArrayList<>(List.of(blueprint.deployer()));
        plans.addAll(blueprint.plans());
        for (var plan : plans) {
            var there = Code.at(web3j, plan.address());
            if (there.equals("0x")) {
                return Optional.of(new Difference(plan.name(), plan.address(), "there is no code"));
            }
            var built = Code.built(node, plan);
            if (!there.equals(built)) {
                return Optional.of(new Difference(plan.name(), plan.address(), differing(there, built)));
            }
        }
        return Optional.empty();
    }

    private static String differing(String there, String built) {
        var at = 0;
        while (at < Math.min(there.length(), built.length()) && there.charAt(at) == built.charAt(at)) {
            at++;
        }
        return "its code of %,d bytes differs from the %,d bytes that this build makes, first at byte %,d"
                .formatted(there.length() / 2 - 1, built.length() / 2 - 1, at / 2 - 1);
    }

    /** One JSON object: the names of {@link Contracts}, and under {@code deployment} how they were made. */
    public String toJson() {
        var node = contracts.toNode();
        var how = node.putObject("deployment");
        how.put("account", account.hex());
        how.put("salt", options.salt().hex());
        how.put("testToken", options.token().isEmpty());
        var owners = how.putArray("owners");
        options.owners().forEach(owner -> owners.add(owner.hex()));
        how.put("quorum", options.quorum());
        how.put("minPeriodMinutes", options.minPeriodMinutes());
        how.put("maxPeriodMinutes", options.maxPeriodMinutes());
        return node.toPrettyString();
    }

    /** @throws IllegalArgumentException naming the field that is missing or malformed */
    public static Deployed fromJson(String json) {
        var contracts = Contracts.fromJson(json);
        try {
            var how = JSON.readTree(json).path("deployment");
            List<Address> owners = new ArrayList<>();
            required(how, "owners").forEach(owner -> owners.add(Address.fromHex(owner.asText())));
            var options = new DeploymentOptions(
                    required(how, "testToken").asBoolean() ? Optional.empty() : Optional.of(contracts.token()),
                    owners,
                    required(how, "quorum").asInt(),
                    required(how, "minPeriodMinutes").asInt(),
                    required(how, "maxPeriodMinutes").asInt(),
                    Hash.fromHex(required(how, "salt").asText()));
            return new Deployed(
                    contracts, Address.fromHex(required(how, "account").asText()), options);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the deployment is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonNode required(JsonNode node, String field) {
        var value = node.path(field);
        if (value.isMissingNode()) {
            throw new IllegalArgumentException(
                    "contracts: deployment." + field + " is missing; 'crema contracts deploy' writes it");
        }
        return value;
    }

    /** Writes contracts.json into the folder, and the ABI of each contract as abi/NAME.json. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("abi"));
        for (var abi : abis().entrySet()) {
            Contracts.replace(folder.resolve("abi").resolve(abi.getKey() + ".json"), abi.getValue());
        }
        Contracts.replace(folder.resolve("contracts.json"), toJson() + "\n");
    }

    public static Deployed read(Path file) throws IOException {
        return fromJson(Files.readString(file));
    }

    /** The contracts' ABIs as JSON, by their names. */
    public TreeMap<String, String> abis() {
        var abis = new TreeMap<String, String>();
        for (var plan : new Blueprint(account, options).plans()) {
            try (var abi = Objects.requireNonNull(
                    Deployed.class.getResourceAsStream(plan.name() + ".abi"), plan.name() + ".abi")) {
                abis.put(plan.name(), JSON.readTree(abi).toPrettyString() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException("reading the ABI of " + plan.name(), e);
            }
        }
        return abis;
    }
}
