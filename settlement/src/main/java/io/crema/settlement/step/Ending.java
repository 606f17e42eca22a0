package io.crema.settlement.step;

import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.EventLog;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.RequestId;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.settlement.contract.ChannelOnChain;
import io.crema.settlement.contract.ContractCalls;
import io.crema.settlement.contract.Effects;
import io.crema.settlement.contract.Effects.Effect;
import io.crema.settlement.intent.IntentPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the outcomes of a final transaction from what it left on chain. */
final class Ending {
    private final ChainReader reader;
    private final SettlementContracts contracts;

    Ending(ChainReader reader, SettlementContracts contracts) {
        this.reader = reader;
        this.contracts = contracts;
    }

    /**
     * What the successful ones among these transactions have left, by transaction; asked in one exchange.
     *
     * @throws ChainUnreachableException also when the node no longer has one of them; ask again later
     */
    Map<Hash, List<EventLog>> logs(List<Inclusion> inclusions) {
        var successful = inclusions.stream().filter(Inclusion::success).toList();
        var executions = reader.executions(
                successful.stream().map(Inclusion::transaction).toList());
        Map<Hash, List<EventLog>> logs = new HashMap<>();
        for (var i = 0; i < successful.size(); i++) {
            var inclusion = successful.get(i);
            var execution = executions.get(i).filter(found -> found.inclusion().isSameAs(inclusion));
            logs.put(
                    inclusion.transaction(),
                    execution
                            .orElseThrow(() -> new ChainUnreachableException(
                                    "the node no longer has transaction %s in block %s; asking again"
                                            .formatted(inclusion.transaction(), inclusion.block())))
                            .logs());
        }
        return logs;
    }

    /**
     * One outcome for each part.
     *
     * @param logs of the transaction, if it succeeded, and perhaps of others
     * @throws ChainUnreachableException also when the node's answers contradict one another; ask again later
     */
    List<Outcome> outcomes(Inclusion inclusion, List<IntentPart> parts, Map<Hash, List<EventLog>> logs, Instant at) {
        if (parts.isEmpty()) {
            return List.of();
        }
        Map<Hash, Effect> effects = inclusion.success()
                ? Effects.of(
                        logs.getOrDefault(inclusion.transaction(), List.of()),
                        contracts.paymentProvider(),
                        contracts.maintenanceProvider())
                : Map.of();
        var unchanged = parts.stream()
                .filter(part -> !effects.containsKey(part.subject()))
                .toList();
        var answers = reader.callAll(unchanged.stream().map(this::question).toList(), inclusion.blockNumber());
        List<Outcome> outcomes = new ArrayList<>();
        for (var part : parts) {
            var effect = effects.get(part.subject());
            var index = unchanged.indexOf(part);
            outcomes.add(
                    effect == null
                            ? unchanged(part, answers.get(index), inclusion, at)
                            : changed(part, effect, inclusion, at));
        }
        return outcomes;
    }

    private static Outcome changed(IntentPart part, Effect effect, Inclusion inclusion, Instant at) {
        var transaction = Optional.of(inclusion.transaction());
        return switch (effect) {
            case Effect.Redeemed(var redeemed) ->
                part.outcome(
                        OutcomeKind.DONE,
                        transaction,
                        part.total().filter(redeemed::equals).isPresent()
                                ? ""
                                : "the channel is redeemed up to " + redeemed,
                        at);
            case Effect.Skipped(var reason) -> part.outcome(OutcomeKind.SKIPPED, transaction, reason, at);
            case Effect.Requested() -> part.outcome(OutcomeKind.DONE, transaction, "", at);
        };
    }

    private static Outcome unchanged(IntentPart part, CallResult<Payload> answer, Inclusion inclusion, Instant at) {
        var transaction = Optional.of(inclusion.transaction());
        if (part.total().isEmpty()) {
            return Effects.isRequested(answer)
                    ? part.outcome(OutcomeKind.ALREADY_DONE, Optional.empty(), "requested before", at)
                    : part.outcome(OutcomeKind.FAILED, transaction, failure(inclusion), at);
        }
        var channel = ChannelOnChain.of(answer);
        if (channel.covers(part.total().get())) {
            return part.outcome(
                    OutcomeKind.ALREADY_DONE, Optional.empty(), "redeemed up to " + channel.redeemed() + " before", at);
        }
        return inclusion.success()
                ? part.outcome(
                        OutcomeKind.SKIPPED,
                        transaction,
                        "NotCovered: all of the deposit, %s, is redeemed".formatted(channel.deposited()),
                        at)
                : part.outcome(OutcomeKind.FAILED, transaction, failure(inclusion), at);
    }

    private static String failure(Inclusion inclusion) {
        return "the transaction reverted in block " + inclusion.blockNumber();
    }

    private ChainReader.Question question(IntentPart part) {
        return part.total().isPresent()
                ? ContractCalls.channel(contracts.paymentProvider(), new ChannelId(part.subject()))
                : ContractCalls.requestedAt(contracts.maintenanceProvider(), new RequestId(part.subject()));
    }
}
