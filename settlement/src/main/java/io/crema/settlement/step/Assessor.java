package io.crema.settlement.step;

import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.events.OutcomeKind;
import io.crema.settlement.WaitsFor;
import io.crema.settlement.contract.ChannelOnChain;
import io.crema.settlement.contract.ContractCalls;
import io.crema.settlement.contract.Effects;
import io.crema.settlement.intent.Hold;
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
import java.util.Optional;

/** Looks at the chain before anything is signed: what is done already, what is worth its gas, what the rest needs. */
final class Assessor {
    /** Three times what a row, or a call without its rows, was measured to cost; unused gas costs nothing. */
    private static final long MOST_PER_ROW = 75_000;

    private static final long MOST_PER_CALL = 60_000;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Address lead;
    private final ChainPort chain;
    private final ChainReader reader;
    private final SettlementContracts contracts;
    private final SettlementPolicy policy;
    private final Gather gather;

    /** @param lead the account that sends service requests */
    Assessor(
            Address lead,
            ChainPort chain,
            ChainReader reader,
            SettlementContracts contracts,
            SettlementPolicy policy,
            Gather gather) {
        this.lead = lead;
        this.chain = chain;
        this.reader = reader;
        this.contracts = contracts;
        this.policy = policy;
        this.gather = gather;
    }

    /** A row of a batch. @param gain what the payee would be credited */
    private record Row(Pending pending, Amount gain, boolean mustGo) {}

    /**
     * @param ready the most urgent first
     * @param room how many transactions may be opened; what is beyond is not looked at
     * @param usualFee the usual base fee in wei, where it is known
     * @throws io.crema.chain.transactions.ChainUnreachableException when the node does not answer; nothing was changed
     */
    Assessment assess(List<Pending> ready, int room, Optional<BigInteger> usualFee, Instant now) {
        var block = Math.max(0, chain.blockNumber() - policy.transactions().confirmations() + 1);
        var fees = chain.fees();
        var assessment = new Assessment(policy.transactions().fees().start(fees).max());
        var economy = new Economy(policy.gas(), fees, usualFee);
        redemptions(ready, block, economy, room, now, assessment);
        services(ready, block, room, now, assessment);
        return assessment;
    }

    private void redemptions(List<Pending> ready, long block, Economy economy, int room, Instant now, Assessment to) {
        List<Pending> candidates = new ArrayList<>();
        List<ChainReader.Question> questions = new ArrayList<>();
        for (var pending : ready) {
            if (pending.intent() instanceof RedeemIntent intent) {
                candidates.add(pending);
                questions.add(ContractCalls.channel(contracts.paymentProvider(), intent.channel()));
            }
        }
        var answers = reader.callAll(questions, block);
        Map<Address, List<Row>> byPayee = new LinkedHashMap<>();
        for (var i = 0; i < candidates.size(); i++) {
            redemption(candidates.get(i), ChannelOnChain.of(answers.get(i)), economy, now, to)
                    .ifPresent(
                            row -> byPayee.computeIfAbsent(redeem(row.pending()).payee(), payee -> new ArrayList<>())
                                    .add(row));
        }
        for (var rows : byPayee.values()) {
            for (var from = 0; from < rows.size(); from += policy.mostRows()) {
                batch(rows.subList(from, Math.min(rows.size(), from + policy.mostRows())), economy, room, now, to);
            }
        }
    }

    private Optional<Row> redemption(
            Pending pending, ChannelOnChain channel, Economy economy, Instant now, Assessment to) {
        var total = redeem(pending).receipt().content().total();
        if (channel.covers(total)) {
            to.end(pending, OutcomeKind.ALREADY_DONE, "redeemed up to " + channel.redeemed() + " before");
            return Optional.empty();
        }
        if (!channel.deposited().isZero() && channel.covers(channel.deposited())) {
            to.end(
                    pending,
                    OutcomeKind.SKIPPED,
                    "NotCovered: all of the deposit, %s, is redeemed".formatted(channel.deposited()));
            return Optional.empty();
        }
        var gain = total.min(channel.deposited()).minusOrZero(channel.redeemed());
        var mustGo = redeem(pending).mustBeRedeemed() || gather.isUrgent(pending.intent(), now);
        var hold = mustGo ? Optional.<Hold>empty() : economy.hold(pending, gain, now);
        hold.ifPresent(reason -> to.hold(pending, reason));
        return hold.isPresent() ? Optional.empty() : Optional.of(new Row(pending, gain, mustGo));
    }

    private void batch(List<Row> rows, Economy economy, int room, Instant now, Assessment to) {
        if (to.calls.size() >= room) {
            return;
        }
        var data = ContractCalls.redeem(
                rows.stream().map(row -> redeem(row.pending())).toList());
        // several rows never revert together: a bad one is skipped and named, so the node need not try them first
        if (rows.size() == 1
                && chain.call(lead, contracts.paymentProvider(), data)
                        instanceof CallResult.Reverted<Payload> refusal) {
            to.end(rows.getFirst().pending(), OutcomeKind.SKIPPED, Effects.reason(refusal));
            return;
        }
        var hold = worth(rows, Economy.GAS_PER_CALL + rows.size() * Economy.GAS_PER_ROW, economy, now);
        hold.ifPresent(reason -> rows.forEach(row -> to.hold(row.pending(), reason)));
        if (hold.isEmpty()) {
            to.calls.add(new Assessment.Candidate(
                    call(
                            rows.stream().map(Row::pending).toList(),
                            contracts.paymentProvider(),
                            data,
                            rows.size() * MOST_PER_ROW + MOST_PER_CALL),
                    rows.stream().map(Row::pending).toList(),
                    false));
        }
    }

    /** The whole transaction must be worth its gas too, unless one row goes whatever it costs. */
    private static Optional<Hold> worth(List<Row> rows, long gas, Economy economy, Instant now) {
        if (rows.stream().anyMatch(Row::mustGo)) {
            return Optional.empty();
        }
        var gain = rows.stream().map(row -> row.gain().value()).reduce(BigInteger.ZERO, BigInteger::add);
        return economy.hold(gain, gas, now);
    }

    private void services(List<Pending> ready, long block, int room, Instant now, Assessment to) {
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
            } else if (to.calls.size() < room) {
                service(pending, (ServiceIntent) pending.intent(), now, to);
            }
        }
    }

    private void service(Pending pending, ServiceIntent intent, Instant now, Assessment to) {
        var data = ContractCalls.requestService(intent);
        switch (chain.estimateGas(lead, contracts.maintenanceProvider(), data)) {
            case CallResult.Returned<Long>(var gas) ->
                // a quarter above the estimate: what the contract holds may change meanwhile
                to.calls.add(new Assessment.Candidate(
                        call(List.of(pending), contracts.maintenanceProvider(), data, gas + gas / 4 + 20_000),
                        List.of(pending),
                        true));
            case CallResult.Reverted<Long> refusal -> {
                if (Effects.isAlreadyRequested(refusal)) {
                    // in a block that is not deep enough yet: it counts only once that cannot leave the chain
                    to.hold(pending, new Hold(WaitsFor.BLOCKS, "requested in a new block", now.plus(LOOK_AGAIN)));
                } else {
                    to.end(pending, OutcomeKind.FAILED, "the contract refuses: " + Effects.reason(refusal));
                }
            }
        }
    }

    private static Call call(List<Pending> rows, Address to, Payload data, long gasLimit) {
        return Call.of(rows.stream().map(Pending::intent).map(Intent::id).toList(), to, data, gasLimit);
    }

    private static RedeemIntent redeem(Pending pending) {
        return (RedeemIntent) pending.intent();
    }
}
