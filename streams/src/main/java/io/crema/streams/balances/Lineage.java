package io.crema.streams.balances;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.value.Amount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The candidates that follow a head, as the tree that their histories make of them: each has one possible parent. Only
 * hashes are checked here, no signatures.
 */
final class Lineage {
    /** One candidate in the tree. */
    record Node(@Nullable Node parent, Candidate candidate, ChannelHead head) {

        /** From the first candidate after the head to this one. */
        List<Candidate> path() {
            List<Candidate> path = new ArrayList<>();
            for (var node = this; node != null; node = node.parent()) {
                path.add(node.candidate());
            }
            return path.reversed();
        }
    }

    private final List<Node> covered = new ArrayList<>();
    private final List<Candidate> contradicting = new ArrayList<>();
    private boolean uncovered;

    /** @param coverage up to which total receipts can be accepted */
    static Lineage of(ChannelHead head, Collection<Candidate> candidates, Amount coverage) {
        var bySequence = new TreeMap<Long, List<Candidate>>();
        candidates.forEach(c ->
                bySequence.computeIfAbsent(c.sequence(), s -> new ArrayList<>()).add(c));
        var lineage = new Lineage();
        lineage.grow(head, bySequence, coverage);
        return lineage;
    }

    private void grow(ChannelHead head, TreeMap<Long, List<Candidate>> bySequence, Amount coverage) {
        List<Node> tips = new ArrayList<>();
        for (var candidate : bySequence.getOrDefault(head.sequence() + 1, List.of())) {
            if (!follows(head, candidate)) {
                contradicting.add(candidate);
            } else {
                add(null, candidate, coverage, tips);
            }
        }
        for (var sequence = head.sequence() + 2; !tips.isEmpty(); sequence++) {
            List<Node> next = new ArrayList<>();
            for (var candidate : bySequence.getOrDefault(sequence, List.of())) {
                parent(tips, candidate).ifPresent(parent -> add(parent, candidate, coverage, next));
            }
            tips = next;
        }
    }

    /** Those that follow and are covered, by ascending sequence, then by arrival. */
    List<Node> covered() {
        return covered;
    }

    /** Those that claim to come next and do not follow the head. */
    List<Candidate> contradicting() {
        return contradicting;
    }

    /** Some follow, but lack funds. */
    boolean hasUncovered() {
        return uncovered;
    }

    private void add(@Nullable Node parent, Candidate candidate, Amount coverage, List<Node> level) {
        if (candidate.receipt().total().exceeds(coverage)) {
            uncovered = true;
            return;
        }
        var node = new Node(parent, candidate, ChannelHead.at(candidate.receipt()));
        level.add(node);
        covered.add(node);
    }

    private static Optional<Node> parent(List<Node> tips, Candidate candidate) {
        return tips.stream().filter(tip -> follows(tip.head(), candidate)).findFirst();
    }

    private static boolean follows(ChannelHead head, Candidate candidate) {
        return head.isFollowedBy(candidate.receipt(), candidate.signed().sale(), candidate.saleHash());
    }
}
