package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.amount;
import static io.crema.schemas.convert.Convert.hash;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.RedeemChannel;
import io.crema.events.RequestService;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Intents and their outcomes. Of each subject it keeps counts and sums only: one intent at a time is open, so all but
 * perhaps the newest must have their outcome. Subjects whose sums differ are read again, intent by intent. Not
 * thread-safe.
 */
final class IntentFold {
    private static final int MOST_READ_AGAIN = 1_000;

    private final Findings findings;
    private final Map<Hash, Subject> subjects = new TreeMap<>();
    private final Map<Hash, Again> again = new HashMap<>();
    private long intents;
    private long outcomes;
    private long effects;

    private static final class Subject {
        private long intents;
        private long intentSum;
        private long newestIntent;
        private long outcomes;
        private long outcomeSum;
        private Optional<Done> done = Optional.empty();
    }

    /** The newest redemption that is called done. */
    record Done(Hash effect, Amount total, Hash transaction, String place) {}

    private static final class Again {
        private final Set<Hash> intents = new HashSet<>();
        private final Set<Hash> closed = new HashSet<>();
    }

    IntentFold(Findings findings) {
        this.findings = findings;
    }

    /** The intent that the record is. */
    static Optional<Hash> intent(LogRecord record) {
        return switch (record.value().orElse(null)) {
            case RedeemChannel redeem -> Optional.of(hash(redeem.getIntent()));
            case RequestService request -> Optional.of(hash(request.getIntent()));
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Hash> subject(LogRecord record) {
        return switch (record.value().orElse(null)) {
            case RedeemChannel redeem -> Optional.of(hash(redeem.getChannel()));
            case RequestService request -> Optional.of(hash(request.getRequest()));
            case Outcome outcome -> Optional.of(hash(outcome.getSubject()));
            case null, default -> Optional.empty();
        };
    }

    void addIntent(LogRecord record) {
        var intent = intent(record);
        var id = subject(record);
        if (intent.isEmpty() || id.isEmpty()) {
            findings.differs(4, "", "bytes that are no intent", "only intents are written there", record.place());
            return;
        }
        intents++;
        var subject = subjects.computeIfAbsent(id.get(), key -> new Subject());
        subject.intents++;
        subject.newestIntent = number(intent.get());
        subject.intentSum += subject.newestIntent;
    }

    /** @param book where the chain may have taken a redemption back, so that it is done anew */
    void addOutcome(LogRecord record, ChannelBook book) {
        if (!(record.value().orElse(null) instanceof Outcome outcome)) {
            findings.differs(4, "", "bytes that are no outcome", "only outcomes are written there", record.place());
            return;
        }
        outcomes++;
        var id = hash(outcome.getSubject());
        var subject = subjects.computeIfAbsent(id, key -> new Subject());
        subject.outcomes++;
        subject.outcomeSum += number(hash(outcome.getIntent()));
        var total = outcome.getTotal();
        var by = outcome.getTransactionHash();
        if (outcome.getKind() != OutcomeKind.DONE) {
            return;
        }
        effects++;
        if (by == null) {
            findings.differs(4, id.hex(), "an intent is done", "its outcome names no transaction", record.place());
        } else if (total != null) {
            var effect = hash(outcome.getEffect());
            var channel = new ChannelId(id);
            if (subject.done.filter(done -> done.effect().equals(effect)).isPresent()
                    && book.fold(channel).filter(ChannelFold::wasReversed).isEmpty()) {
                findings.differs(
                        4,
                        channel,
                        "the redemption up to %s is done in %s".formatted(total, hash(by)),
                        "it was done before in " + subject.done.get().transaction(),
                        record);
            }
            subject.done = Optional.of(new Done(effect, amount(total), hash(by), record.place()));
        }
    }

    /** Subjects that are to be read again. */
    Set<Hash> unclear() {
        Set<Hash> unclear = new HashSet<>();
        var open = 0L;
        for (var entry : subjects.entrySet()) {
            var subject = entry.getValue();
            var isClosed = subject.intents == subject.outcomes && subject.intentSum == subject.outcomeSum;
            var isOpen = subject.intents == subject.outcomes + 1
                    && subject.intentSum - subject.newestIntent == subject.outcomeSum;
            if (isOpen) {
                open++;
            } else if (!isClosed && unclear.size() < MOST_READ_AGAIN) {
                unclear.add(entry.getKey());
            }
        }
        findings.pending("intents without an outcome yet", open);
        unclear.forEach(id -> again.put(id, new Again()));
        return unclear;
    }

    void readIntentAgain(LogRecord record) {
        subject(record).map(again::get).ifPresent(kept -> intent(record).ifPresent(kept.intents::add));
    }

    void readOutcomeAgain(LogRecord record) {
        var kept = subject(record).map(again::get).orElse(null);
        if (kept == null || !(record.value().orElse(null) instanceof Outcome outcome)) {
            return;
        }
        var intent = hash(outcome.getIntent());
        var id = hash(outcome.getSubject()).hex();
        if (!kept.intents.contains(intent)) {
            findings.differs(
                    4, id, "intent %s has an outcome".formatted(intent), "nobody had this intent", record.place());
        } else if (!kept.closed.add(intent)) {
            findings.differs(
                    4, id, "intent %s has another outcome".formatted(intent), "it had one before", record.place());
        }
    }

    /** After all is read again: at most one intent of a subject may be open. */
    void checkAgain() {
        again.forEach((id, kept) -> {
            List<Hash> open = new ArrayList<>(kept.intents);
            open.removeAll(kept.closed);
            if (open.size() > 1) {
                findings.differs(
                        4,
                        id.hex(),
                        "%d intents without an outcome, one of them %s".formatted(open.size(), open.getFirst()),
                        "each but the newest must have one",
                        "");
            }
        });
    }

    /** The newest redemption of each channel that is called done, where the chain's events do not show it. */
    Map<ChannelId, Done> notSeen(ChannelBook book) {
        Map<ChannelId, Done> notSeen = new TreeMap<>();
        subjects.forEach((id, subject) -> subject.done.ifPresent(done -> {
            var slot = book.fold(new ChannelId(id)).map(ChannelFold::slot).orElse(Slot.NONE);
            if (done.total().min(slot.deposited()).exceeds(slot.redeemed())) {
                notSeen.put(new ChannelId(id), done);
            }
        }));
        return notSeen;
    }

    long intents() {
        return intents;
    }

    long outcomes() {
        return outcomes;
    }

    long effects() {
        return effects;
    }

    private static long number(Hash hash) {
        return ByteBuffer.wrap(hash.bytes()).getLong();
    }
}
