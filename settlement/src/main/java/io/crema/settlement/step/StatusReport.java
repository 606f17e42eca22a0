package io.crema.settlement.step;

import io.crema.settlement.SettlementStatus;
import io.crema.settlement.SettlementStatus.State;
import io.crema.settlement.WaitsFor;
import io.crema.settlement.intent.Hold;
import io.crema.settlement.intent.IntentPart;
import io.crema.settlement.intent.Pending;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to tell an operator after a step: what waits and why, what stands still, what will before long. */
record StatusReport(
        List<Lane> lanes,
        Collection<Pending> backlog,
        Collection<IntentPart> inFlight,
        SettlementPolicy policy,
        Instant now) {

    SettlementStatus status(boolean full) {
        var shortOfFunds = lanes.stream()
                .flatMap(lane -> lane.unpaid().stream())
                .findFirst()
                .or(() -> held(WaitsFor.ETHER));
        var unsigned = lanes.stream()
                .flatMap(lane -> lane.unsigned().stream())
                .findFirst()
                .or(() -> held(WaitsFor.SIGNER));
        Map<WaitsFor, Integer> counts = new EnumMap<>(WaitsFor.class);
        Map<WaitsFor, String> details = new EnumMap<>(WaitsFor.class);
        var displaced = lanes.stream().mapToInt(lane -> lane.displaced().size()).sum();
        if (displaced > 0) {
            counts.put(unsigned.isPresent() ? WaitsFor.SIGNER : WaitsFor.ROOM, displaced);
        }
        for (var pending : backlog) {
            var reason = reason(pending, full);
            counts.merge(reason, 1, Integer::sum);
            pending.hold()
                    .filter(hold -> hold.reason() == reason)
                    .ifPresent(hold -> details.put(reason, hold.detail()));
        }
        var waiting = backlog.size() + displaced;
        var behind = lanes.stream()
                .filter(lane -> lane.behind().isPresent())
                .findFirst()
                .map(StatusReport::behind);
        var state = behind.isPresent()
                ? State.CHAIN_BEHIND
                : shortOfFunds.isPresent()
                        ? State.SHORT_OF_FUNDS
                        : unsigned.isPresent() ? State.SIGNER_UNREACHABLE : State.RUNNING;
        var sentence = behind.or(() -> shortOfFunds).or(() -> unsigned).orElseGet(() -> sentence(counts, details));
        return new SettlementStatus(
                state,
                sentence,
                waiting,
                open(),
                counts,
                lanes.stream().map(lane -> lane.status(policy.lowBalance())).toList(),
                List.of());
    }

    /** Whether something waits for the chain or for the next step. */
    boolean isBusy() {
        return !backlog.isEmpty()
                || open() > 0
                || lanes.stream().anyMatch(lane -> !lane.displaced().isEmpty());
    }

    private WaitsFor reason(Pending pending, boolean full) {
        if (!pending.isDue(now)) {
            return pending.hold().map(Hold::reason).orElse(WaitsFor.COMPANY);
        }
        if (inFlight.stream().anyMatch(part -> Gather.covers(part, pending.intent()))) {
            return WaitsFor.EARLIER;
        }
        return full ? WaitsFor.ROOM : WaitsFor.COMPANY;
    }

    /** The figures of an intent that waits for this. */
    private Optional<String> held(WaitsFor reason) {
        return backlog.stream()
                .filter(pending -> !pending.isDue(now))
                .flatMap(pending -> pending.hold().stream())
                .filter(hold -> hold.reason() == reason)
                .map(Hold::detail)
                .findFirst();
    }

    private int open() {
        return lanes.stream().mapToInt(Lane::open).sum();
    }

    private String sentence(Map<WaitsFor, Integer> counts, Map<WaitsFor, String> details) {
        var why = counts.entrySet().stream()
                .map(entry -> "%d %s%s"
                        .formatted(
                                entry.getValue(),
                                entry.getKey().words(),
                                Optional.ofNullable(details.get(entry.getKey()))
                                        .map(detail -> ": " + detail)
                                        .orElse("")))
                .collect(Collectors.joining("; "));
        return "%d intents wait%s, %d transactions are under way"
                .formatted(
                        counts.values().stream().mapToInt(Integer::intValue).sum(),
                        why.isEmpty() ? "" : " (" + why + ")",
                        open());
    }

    private static String behind(Lane lane) {
        return lane.behind()
                .map(behind ->
                        "the chain is at nonce %d of %s, but nonces below %d were final: this is another chain, or it was reset, or the node is far behind"
                                .formatted(behind.actualNonce(), lane.account(), behind.expectedNonce()))
                .orElseThrow();
    }
}
