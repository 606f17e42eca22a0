package io.crema.settlement.step;

import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.ChainReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which account sends which call. Until a call is prepared its intents belong to no account, so each goes to whichever
 * has the fewest open transactions and can pay; service requests to the first alone. Not thread-safe.
 */
final class Assignment {
    private final List<Lane> lanes;
    private final int mostOpen;
    private final Map<Lane, List<Call>> calls = new LinkedHashMap<>();
    private final Map<Lane, BigInteger> left = new HashMap<>();
    private final List<Assessment.Candidate> assigned = new ArrayList<>();
    private final List<Assessment.Candidate> unpaid = new ArrayList<>();
    private String shortOfFunds = "";

    /** Begins with the calls that have to be prepared anew. @param lanes the first is the lead */
    Assignment(List<Lane> lanes, int mostOpen) {
        this.lanes = lanes;
        this.mostOpen = mostOpen;
        lanes.forEach(lane -> calls.put(lane, lane.displaced()));
    }

    /** How many calls more may be opened. */
    int room() {
        return lanes.stream().mapToInt(lane -> Math.max(0, room(lane))).sum();
    }

    /** The most urgent first. @throws io.crema.chain.transactions.ChainUnreachableException nothing was changed */
    void assign(List<Assessment.Candidate> candidates, BigInteger price, ChainReader reader) {
        if (candidates.isEmpty()) {
            return;
        }
        for (var lane : lanes) {
            var balance = reader.balance(lane.account());
            lane.holds(balance);
            left.put(lane, balance.subtract(lane.committed()));
        }
        for (var candidate : candidates) {
            assign(candidate, price.multiply(BigInteger.valueOf(candidate.call().gasLimit())));
        }
    }

    Map<Lane, List<Call>> calls() {
        return calls;
    }

    List<Assessment.Candidate> assigned() {
        return assigned;
    }

    /** Those that found no account that can pay. */
    List<Assessment.Candidate> unpaid() {
        return unpaid;
    }

    /** Which account needs ether; empty text when none does. */
    String shortOfFunds() {
        return shortOfFunds;
    }

    private void assign(Assessment.Candidate candidate, BigInteger cost) {
        var free = lanes.stream()
                .filter(lane -> !candidate.leadOnly() || lane.equals(lanes.getFirst()))
                .filter(lane -> room(lane) > 0)
                .toList();
        var chosen = free.stream()
                .filter(lane -> left(lane).compareTo(cost) >= 0)
                .max(Comparator.<Lane, Boolean>comparing(lane -> lane.unsigned().isEmpty())
                        .thenComparingInt(this::room));
        if (chosen.isPresent()) {
            var lane = chosen.get();
            lane.mayPay(cost);
            left.put(lane, left(lane).subtract(cost));
            calls.computeIfAbsent(lane, none -> new ArrayList<>()).add(candidate.call());
            assigned.add(candidate);
        } else if (!free.isEmpty()) {
            var richest = free.stream().max(Comparator.comparing(this::left)).orElseThrow();
            richest.mayPay(cost);
            unpaid.add(candidate);
            shortOfFunds =
                    "account %s can spend %s beside what its open transactions may take, the next may cost %s: send it ether"
                            .formatted(
                                    richest.account(), Wei.ether(left(richest).max(BigInteger.ZERO)), Wei.ether(cost));
        }
    }

    private int room(Lane lane) {
        var fresh =
                calls.getOrDefault(lane, List.of()).size() - lane.displaced().size();
        return lane.room(mostOpen) - fresh;
    }

    private BigInteger left(Lane lane) {
        return left.getOrDefault(lane, BigInteger.ZERO);
    }
}
