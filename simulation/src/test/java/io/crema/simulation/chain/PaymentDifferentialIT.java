package io.crema.simulation.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crema.chain.deploy.Contracts;
import io.crema.chain.deploy.Deployment;
import io.crema.chain.deploy.DeploymentOptions;
import io.crema.chain.transactions.EventLog;
import io.crema.chain.wrappers.CremaTestToken;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.platform.Anvil;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/** The simulated PaymentProvider says and does the same as the deployed one, step by step. */
@Tag("long")
final class PaymentDifferentialIT {
    private static final int STEPS = 10_000;
    private static final int AT_ONCE = 50;
    private static final int PEOPLE = 4;
    private static final BigInteger PLENTY = BigInteger.TEN.pow(30);

    private final OkHttpClient http = new OkHttpClient();

    @Test
    void shouldAnswerAsTheContractDoes() throws Exception {
        try (var anvil = Anvil.builder().blockPerTransaction().start();
                var web3j = Web3j.build(new HttpService(anvil.rpcUrl()))) {
            var deployer = Credentials.create(anvil.accounts().getFirst().privateKey());
            var options = new DeploymentOptions(
                    java.util.Optional.empty(), List.of(), 1, 1, 60, DeploymentOptions.DEFAULT.salt());
            var contracts = Deployment.deploy(web3j, deployer, options);
            var rules = new PaymentRules(contracts.paymentDomain(), contracts.rentalProvider(), 1, 60, PLENTY);
            var calls = new RandomCalls(new Random(7), rules.domain(), rules.opener(), PEOPLE);
            prepare(anvil, web3j, contracts, calls.everybody());
            compare(anvil, web3j, contracts, rules, calls);
        }
    }

    private void prepare(Anvil anvil, Web3j web3j, Contracts contracts, List<Address> people) throws Exception {
        var token = CremaTestToken.load(
                contracts.token().hex(),
                web3j,
                new ReadonlyTransactionManager(web3j, Address.ZERO.hex()),
                new DefaultGasProvider());
        batch(anvil).ask("anvil_autoImpersonateAccount", "[true]").send();
        var batch = batch(anvil);
        var senders = new ArrayList<>(people);
        senders.add(contracts.rentalProvider());
        for (var sender : senders) {
            batch.ask("anvil_setBalance", "[\"%s\",\"0xffffffffffffffffffff\"]".formatted(sender.hex()));
        }
        batch.send();
        for (var person : people) {
            send(
                    anvil,
                    person,
                    contracts.token(),
                    token.mint(person.hex(), PLENTY).encodeFunctionCall());
            var allowance = PLENTY.multiply(PLENTY);
            send(
                    anvil,
                    person,
                    contracts.token(),
                    token.approve(contracts.paymentProvider().hex(), allowance).encodeFunctionCall());
        }
    }

    private void compare(Anvil anvil, Web3j web3j, Contracts contracts, PaymentRules rules, RandomCalls calls)
            throws Exception {
        var contract = PaymentProvider.load(
                contracts.paymentProvider().hex(),
                web3j,
                new ReadonlyTransactionManager(web3j, Address.ZERO.hex()),
                new DefaultGasProvider());
        var state = new PaymentState(rules);
        var now = Long.decode(batch(anvil)
                .ask("eth_getBlockByNumber", "[\"latest\",false]")
                .send()[0]
                .get("timestamp")
                .asText());
        var pace = new Random(8);
        var succeeded = 0;
        for (var done = 0; done < STEPS; done += AT_ONCE) {
            List<RandomCalls.Step> steps = new ArrayList<>();
            List<Long> times = new ArrayList<>();
            List<JsonNode> receipts = new ArrayList<>();
            for (var i = 0; i < AT_ONCE; i++) {
                now += pace.nextInt(40) == 0 ? pace.nextInt(700_000) : 1 + pace.nextInt(120);
                var step = calls.next(now);
                steps.add(step);
                times.add(now);
                batch(anvil).ask("evm_setNextBlockTimestamp", "[" + now + "]").send();
                receipts.add(
                        send(anvil, step.sender(), contracts.paymentProvider(), CallData.of(contract, step.call())));
            }
            for (var i = 0; i < AT_ONCE; i++) {
                succeeded += same(state, steps.get(i), times.get(i), receipts.get(i), rules) ? 1 : 0;
            }
            sameState(contract, state, calls.everybody(), contracts, web3j);
        }
        assertThat(succeeded).isBetween(STEPS / 4, STEPS * 9 / 10);
    }

    /** One after the other: the node answers a batch in no order, and a call before its block is made. */
    private JsonNode send(Anvil anvil, Address from, Address to, String data) throws Exception {
        var call = "[{\"from\":\"%s\",\"to\":\"%s\",\"data\":\"%s\",\"gas\":\"0x1e8480\"}]"
                .formatted(from.hex(), to.hex(), data);
        return receipt(anvil, batch(anvil).ask("eth_sendTransaction", call).send()[0]);
    }

    private JsonNode receipt(Anvil anvil, JsonNode hash) throws Exception {
        for (var tries = 0; tries < 10_000; tries++) {
            var receipt = batch(anvil)
                    .ask("eth_getTransactionReceipt", "[" + hash + "]")
                    .send()[0];
            if (!receipt.isNull()) {
                return receipt;
            }
        }
        throw new IllegalStateException("transaction " + hash + " is in no block");
    }

    private static boolean same(
            PaymentState state, RandomCalls.Step step, long time, JsonNode receipt, PaymentRules rules) {
        List<EventLog> logs;
        var success = true;
        var before = state.copy();
        try {
            logs = state.apply(step.sender(), step.call(), time);
        } catch (RevertedException reverted) {
            logs = List.of();
            success = false;
            assertThat(state.credited()).isEqualTo(before.credited());
        }
        assertThat(success)
                .as("%s at %d", step, time)
                .isEqualTo(receipt.get("status").asText().equals("0x1"));
        List<String> expected = new ArrayList<>();
        for (var log : receipt.get("logs")) {
            if (log.get("address").asText().equals(rules.contract().hex())) {
                var topics = new StringBuilder();
                log.get("topics").forEach(topic -> topics.append(topic.asText()));
                expected.add(topics + log.get("data").asText());
            }
        }
        assertThat(logs.stream()
                        .map(log -> String.join(
                                        "", log.topics().stream().map(Hash::hex).toList())
                                + log.data().hex()))
                .as("%s at %d", step, time)
                .containsExactlyElementsOf(expected);
        return success;
    }

    private static void sameState(
            PaymentProvider contract, PaymentState state, List<Address> people, Contracts contracts, Web3j web3j)
            throws Exception {
        var token = CremaTestToken.load(
                contracts.token().hex(),
                web3j,
                new ReadonlyTransactionManager(web3j, Address.ZERO.hex()),
                new DefaultGasProvider());
        for (var person : people) {
            assertThat(contract.credited(person.hex()).send()).isEqualTo(state.credited(person));
            assertThat(token.balanceOf(person.hex()).send()).isEqualTo(state.tokens(person));
            for (var index = 0; index < 3; index++) {
                var id = ChannelId.of(person, people.getFirst(), index);
                var slot = contract.channels(id.bytes()).send();
                var ours = state.channel(id);
                assertThat(List.of(slot.component1(), slot.component2(), slot.component3(), slot.component4()))
                        .isEqualTo(List.of(
                                ours.deposited().value(),
                                ours.redeemed().value(),
                                BigInteger.valueOf(ours.closeAt()),
                                BigInteger.valueOf(ours.periodMinutes())));
            }
        }
    }

    private RpcBatch batch(Anvil anvil) {
        return new RpcBatch(http, anvil.rpcUrl());
    }
}
