package io.crema.settlement.step;

import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.FeeQuote;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.value.Address;
import io.crema.events.OutcomeKind;
import io.crema.settlement.contract.ChannelOnChain;
import io.crema.settlement.contract.ContractCalls;
import io.crema.settlement.contract.Effects;
import io.crema.settlement.intent.Intent;
import io.crema.settlement.intent.Pending;
import io.crema.settlement.intent.RedeemIntent;
import io.crema.settlement.intent.ServiceIntent;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the chain before anything is signed: what is done already, what is worth its gas, what the rest needs. */
final class Assessor {
    private static final long GAS_PER_ROW = 75_000;
    private static final long GAS_PER_CALL = 60_000;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Address account;
    private final ChainPort chain;
    private final ChainReader reader;
    private final SettlementContracts contracts;
    private final SettlementPolicy policy;
    private final Economy economy;

    Assessor(
            Address account,
            ChainPort chain,
            ChainReader reader,
            SettlementContracts contracts,
            SettlementPolicy policy) {
        this.account = account;
        this.chain = chain;
        this.reader = reader;
        this.contracts = contracts;
        this.policy = policy;
        this.economy = new Economy(policy);
    }

    /**
     * @param ready the most urgent first
     * @param committed what open transactions may still cost, in wei
     * @param room how many transactions may be opened
     * @throws io.crema.chain.transactions.ChainUnreachableException when the node does not answer; nothing was changed
     */
    Assessment assess(List<Pending> ready, BigInteger committed, int room, Instant now) {
        var assessment = new Assessment();
        var block = Math.max(0, chain.blockNumber() - policy.transactions().confirmations() + 1);
        var fees = chain.fees();
        redemptions(ready, block, fees, now, assessment);
        services(ready, block, now, assessment);
        limit(assessment, committed, room, fees);
        return assessment;
    }

    private void redemptions(List<Pending> ready, long block, FeeQuote fees, Instant now, Assessment to) {
        List<Pending> candidates = new ArrayList<>();
        List<ChainReader.Question> questions = new ArrayList<>();
        for (var pending : ready) {
            if (pending.intent() instanceof RedeemIntent intent) {
                candidates.add(pending);
                questions.add(ContractCalls.channel(contracts.paymentProvider(), intent.channel()));
            }
        }
        var answers = reader.callAll(questions, block);
        Map<Address, List<Pending>> byPayee = new LinkedHashMap<>();
        for (var i = 0; i < candidates.size(); i++) {
            var pending = candidates.get(i);
            var intent = redeem(pending);
            var total = intent.receipt().content().total();
            var channel = ChannelOnChain.of(answers.get(i));
            if (channel.covers(total)) {
                to.end(pending, OutcomeKind.ALREADY_DONE, "redeemed up to " + channel.redeemed() + " before");
            } else if (!channel.deposited().isZero() && channel.covers(channel.deposited())) {
                to.end(
                        pending,
                        OutcomeKind.SKIPPED,
                        "NotCovered: all of the deposit, %s, is redeemed".formatted(channel.deposited()));
            } else if (economy.isWorthIt(
                    intent, total.min(channel.deposited()).minusOrZero(channel.redeemed()), fees)) {
                byPayee.computeIfAbsent(intent.payee(), payee -> new ArrayList<>())
                        .add(pending);
            } else {
                to.held.add(pending.held(now.plus(policy.holdFor())));
            }
        }
        for (var rows : byPayee.values()) {
            for (var from = 0; from < rows.size(); from += policy.mostRows()) {
                batch(rows.subList(from, Math.min(rows.size(), from + policy.mostRows())), to);
            }
        }
    }

    private void batch(List<Pending> rows, Assessment to) {
        var data = ContractCalls.redeem(rows.stream().map(Assessor::redeem).toList());
        switch (chain.estimateGas(account, contracts.paymentProvider(), data)) {
            case CallResult.Returned<Long>(var gas) ->
                to.calls.add(candidate(rows, contracts.paymentProvider(), data, gas, rows.size() * GAS_PER_ROW));
            case CallResult.Reverted<Long> refusal -> {
                if (rows.size() == 1) {
                    to.end(rows.getFirst(), OutcomeKind.SKIPPED, Effects.reason(refusal));
                } else {
                    rows.forEach(row -> batch(List.of(row), to));
                }
            }
        }
    }

    private void services(List<Pending> ready, long block, Instant now, Assessment to) {
        List<Pending> candidates = new ArrayList<>();
        List<ChainReader.Question> questions = new ArrayList<>();
        for (var pending : ready) {
            if (pending.intent() instanceof ServiceIntent intent) {
                candidates.add(pending);
                questions.add(ContractCalls.requestedAt(contracts.maintenanceProvider(), intent.request()));
            }
        }
        var answers = reader.callAll(questions, block);
        for (var i = 0; i < candidates.size(); i++) {
            var pending = candidates.get(i);
            if (Effects.isRequested(answers.get(i))) {
                to.end(pending, OutcomeKind.ALREADY_DONE, "requested before");
            } else {
                service(pending, (ServiceIntent) pending.intent(), now, to);
            }
        }
    }

    private void service(Pending pending, ServiceIntent intent, Instant now, Assessment to) {
        var data = ContractCalls.requestService(intent);
        switch (chain.estimateGas(account, contracts.maintenanceProvider(), data)) {
            case CallResult.Returned<Long>(var gas) ->
                to.calls.add(candidate(List.of(pending), contracts.maintenanceProvider(), data, gas, 0));
            case CallResult.Reverted<Long> refusal -> {
                if (Effects.isAlreadyRequested(refusal)) {
                    // in a block that is not deep enough yet: it counts only once that cannot leave the chain
                    to.held.add(pending.held(now.plus(LOOK_AGAIN)));
                } else {
                    to.end(pending, OutcomeKind.FAILED, "the contract refuses: " + Effects.reason(refusal));
                }
            }
        }
    }

    /** Urgent calls stand first already; what the account or the open transactions have no room for waits. */
    private void limit(Assessment assessment, BigInteger committed, int room, FeeQuote fees) {
        while (assessment.calls.size() > Math.max(0, room)) {
            assessment.calls.removeLast();
        }
        if (assessment.calls.isEmpty()) {
            return;
        }
        var balance = reader.balance(account);
        var price = policy.transactions().fees().start(fees).max();
        var left = balance.subtract(committed);
        for (var i = 0; i < assessment.calls.size(); i++) {
            var cost = price.multiply(
                    BigInteger.valueOf(assessment.calls.get(i).call().gasLimit()));
            left = left.subtract(cost);
            if (left.signum() < 0) {
                assessment.shortOfFunds = java.util.Optional.of(
                        "account %s holds %s wei, open transactions may take %s, the next may cost %s: send it ether"
                                .formatted(account, balance, committed, cost));
                assessment.calls.subList(i, assessment.calls.size()).clear();
                return;
            }
        }
    }

    /** A quarter above the estimate: rows that change meanwhile may cost more. Unused gas costs nothing. */
    private static Assessment.Candidate candidate(
            List<Pending> rows, Address to, Payload data, long estimate, long atLeast) {
        var limit = Math.max(estimate + estimate / 4 + 20_000, atLeast + GAS_PER_CALL);
        var intents = rows.stream().map(Pending::intent).map(Intent::id).toList();
        return new Assessment.Candidate(Call.of(intents, to, data, limit), List.copyOf(rows));
    }

    private static RedeemIntent redeem(Pending pending) {
        return (RedeemIntent) pending.intent();
    }
}
