package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.amount;
import static io.crema.schemas.convert.Convert.channel;
import static io.crema.schemas.convert.Convert.hash;

import io.crema.contracts.channel.BadgeRule;
import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.ReceiptAccepted;
import io.crema.events.ReceiptRun;
import io.crema.schemas.convert.ReceiptRuns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One channel's receipts: what machines published, checked signature by signature, and what was accepted of it. */
final class ReceiptFold {
    private final Map<Long, Map<Hash, SignedReceipt>> published = new HashMap<>();
    private final List<ReceiptAccepted> accepted = new ArrayList<>();

    static Map<ChannelId, ReceiptFold> of(
            List<LogRecord<ReceiptRun>> runs, List<LogRecord<ReceiptAccepted>> accepted, Domain domain) {
        Map<ChannelId, ReceiptFold> folds = new HashMap<>();
        for (var run : runs) {
            var fold = folds.computeIfAbsent(channel(run.value().getChannel()), id -> new ReceiptFold());
            for (var signed : receipts(run.value())) {
                var receipt = signed.receipt().content();
                fold.published
                        .computeIfAbsent(receipt.sequence(), sequence -> new HashMap<>())
                        .putIfAbsent(domain.digest(receipt), signed);
            }
        }
        for (var record : accepted) {
            folds.computeIfAbsent(channel(record.value().getChannel()), id -> new ReceiptFold())
                    .accepted
                    .add(record.value());
        }
        return folds;
    }

    /** A run that contradicts itself is the quarantine's matter: no receipt of it can be accepted. */
    private static List<SignedReceipt> receipts(ReceiptRun run) {
        try {
            return ReceiptRuns.fromRecord(run);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return List.of();
        }
    }

    /** Digests of everything published. */
    Set<Hash> published() {
        Set<Hash> digests = new HashSet<>();
        published.values().forEach(bySequence -> digests.addAll(bySequence.keySet()));
        return digests;
    }

    List<ReceiptAccepted> accepted() {
        return accepted;
    }

    /** The newest accepted total. */
    Amount total() {
        return accepted.isEmpty() ? Amount.ZERO : amount(accepted.getLast().getTotal());
    }

    /** The highest total among the published receipts that are validly signed; badges are checked once each. */
    Amount highestSignedTotal(Address customer, Domain domain) {
        Map<Signed<Badge>, Boolean> badges = new HashMap<>();
        var highest = Amount.ZERO;
        for (var bySequence : published.values()) {
            for (var signed : bySequence.values()) {
                var total = signed.receipt().content().total();
                if (total.exceeds(highest) && isSigned(signed, customer, domain, badges)) {
                    highest = total;
                }
            }
        }
        return highest;
    }

    private static boolean isSigned(
            SignedReceipt signed, Address customer, Domain domain, Map<Signed<Badge>, Boolean> badges) {
        if (signed.badge().isEmpty()) {
            return signed.receipt().isSignedBy(customer, domain);
        }
        var badge = signed.badge().get();
        return badges.computeIfAbsent(badge, b -> b.isSignedBy(customer, domain))
                && BadgeRule.judge(badge.content(), signed.receipt().content(), signed.sale(), customer, 0)
                        == BadgeRule.COUNTS
                && signed.receipt().isSignedBy(badge.content().employee(), domain);
    }

    /** The first place where the accepted receipts are not 1, 2, 3… each once, following one another, all published. */
    Optional<String> firstAcceptanceFault(ChannelId id, Domain domain) {
        var head = ChannelHead.start(id);
        for (var record : accepted) {
            if (record.getSequence() != head.sequence() + 1) {
                return Optional.of(
                        "channel %s: after receipt %d comes %d".formatted(id, head.sequence(), record.getSequence()));
            }
            var digest = hash(record.getDigest());
            var signed = published.getOrDefault(record.getSequence(), Map.of()).get(digest);
            if (signed == null) {
                return Optional.of("channel %s: receipt %d was accepted, but no machine published it"
                        .formatted(id, record.getSequence()));
            }
            var receipt = signed.receipt().content();
            if (!head.isFollowedBy(receipt, signed.sale())) {
                return Optional.of("channel %s: receipt %d does not follow from the one before it"
                        .formatted(id, record.getSequence()));
            }
            if (!domain.digest(receipt).equals(digest)
                    || !amount(record.getTotal()).equals(receipt.total())) {
                return Optional.of("channel %s: receipt %d was accepted with other figures than signed"
                        .formatted(id, record.getSequence()));
            }
            head = ChannelHead.at(receipt);
        }
        return Optional.empty();
    }
}
