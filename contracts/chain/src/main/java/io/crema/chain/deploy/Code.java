package io.crema.chain.deploy;

import io.crema.chain.wrappers.Deployer;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.web3j.abi.EventEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthLog;

/** What code stands at an address, and what the build would put there. Stateless. */
final class Code {
    private Code() {}

    static boolean isAt(Web3j web3j, Address address) throws IOException {
        return !at(web3j, address).equals("0x");
    }

    /** 0x and hexadecimal; 0x alone for none. */
    static String at(Web3j web3j, Address address) throws IOException {
        var answer = web3j.ethGetCode(address.hex(), DefaultBlockParameterName.LATEST)
                .send();
        if (answer.hasError()) {
            throw new DeploymentException("the chain does not tell the code at %s: %s"
                    .formatted(address, answer.getError().getMessage()));
        }
        return answer.getCode() == null ? "0x" : answer.getCode();
    }

    /**
     * What the plan's constructor returns when it runs at the plan's address: the code as it must stand there,
     * immutables and all. The node runs it on the present state, the contract's own storage empty, and changes nothing.
     */
    static String built(Web3jService service, Blueprint.Plan plan) throws IOException {
        var call = Map.of(
                "from", plan.creator().hex(),
                "to", plan.address().hex());
        var instead = Map.of(
                plan.address().hex(), Map.of("code", Hex.encode(plan.initCode()), "state", Map.of(), "nonce", "0x1"));
        var answer = new Request<>("eth_call", List.of(call, "latest", instead), service, EthCall.class).send();
        if (answer.hasError()) {
            throw new DeploymentException(
                    "the node does not run the constructor of %s (%s); it must know eth_call with state overrides"
                            .formatted(plan.name(), answer.getError().getMessage()));
        }
        return answer.getValue();
    }

    /** The block of the first contract that the account's deployment created. */
    static long firstCreation(Web3j web3j, Blueprint blueprint, Address account) throws IOException {
        var filter = new EthFilter(
                        DefaultBlockParameterName.EARLIEST,
                        DefaultBlockParameterName.LATEST,
                        blueprint.deployer().address().hex())
                .addSingleTopic(EventEncoder.encode(Deployer.CONTRACTCREATED_EVENT))
                .addSingleTopic("0x" + "0".repeat(24) + account.hex().substring(2));
        var answer = web3j.ethGetLogs(filter).send();
        if (answer.hasError()) {
            throw new DeploymentException("the chain does not tell when the contracts were created: "
                    + answer.getError().getMessage());
        }
        var salts = blueprint.plans().stream().map(Blueprint.Plan::salt).collect(Collectors.toSet());
        return answer.getLogs().stream()
                .map(result -> ((EthLog.LogObject) result).get())
                .filter(log -> salts.contains(Hash.fromHex(log.getTopics().get(2))))
                .mapToLong(log -> log.getBlockNumber().longValueExact())
                .min()
                .orElseThrow(() -> new DeploymentException(
                        "the chain has the contracts of %s, but no log of their ".formatted(account)
                                + "creation; ask a node that keeps all logs"));
    }
}
