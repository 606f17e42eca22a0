package io.crema.settlement.step;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Hash;
import io.crema.events.OutcomeKind;
import io.crema.events.Quarantined;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.settlement.intent.Backlog;
import io.crema.settlement.intent.IntentPart;
import io.crema.settlement.intent.IntentReader;
import io.crema.settlement.intent.IntentRecord;
import io.crema.settlement.intent.Pending;
import io.crema.settlement.intent.RefusedIntentException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes records in: what was settled before, is superseded or is no intent ends here, the rest waits. */
final class Intake {
    private static final int BIGGEST_QUARANTINED = 256 * 1024;

    private final IntentReader intents;
    private final Positions positions;
    private final Backlog backlog;
    private final Map<Hash, IntentPart> inFlight;
    private final Draft draft;

    Intake(IntentReader intents, Positions positions, Backlog backlog, Map<Hash, IntentPart> inFlight, Draft draft) {
        this.intents = intents;
        this.positions = positions;
        this.backlog = backlog;
        this.inFlight = inFlight;
        this.draft = draft;
    }

    void take(IntentRecord record, Instant now) {
        if (!positions.read(record)) {
            return;
        }
        try {
            var intent = intents.read(record);
            if (inFlight.containsKey(intent.id())) {
                draft.settle(record.partition(), record.offset());
                return;
            }
            backlog.add(new Pending(intent, record.partition(), record.offset(), record.time(), now, Optional.empty()))
                    .ifPresent(older -> supersede(older, now));
        } catch (RefusedIntentException e) {
            refuse(record, e);
        }
    }

    /** A repeat of the very same intent has its outcome with the one that is kept. */
    private void supersede(Pending older, Instant now) {
        draft.settle(older);
        var kept = backlog.all().stream()
                .filter(pending ->
                        pending.intent().subject().equals(older.intent().subject()))
                .findFirst()
                .orElseThrow();
        if (!kept.intent().id().equals(older.intent().id())) {
            draft.outcomes.add(older.intent()
                    .part()
                    .outcome(
                            OutcomeKind.SUPERSEDED,
                            Optional.empty(),
                            "intent " + kept.intent().id() + " asks for at least as much",
                            now));
        }
    }

    private void refuse(IntentRecord record, RefusedIntentException refusal) {
        draft.settle(record.partition(), record.offset());
        var key = Objects.requireNonNullElse(record.key(), new byte[0]);
        var value = Objects.requireNonNullElse(record.value(), new byte[0]);
        draft.refusals.add(new Entry.Refusal(
                key,
                new Quarantined(
                        Topic.INTENTS.topicName(),
                        record.partition(),
                        record.offset(),
                        record.key() == null ? null : ByteBuffer.wrap(key),
                        record.value() == null || value.length > BIGGEST_QUARANTINED ? null : ByteBuffer.wrap(value),
                        Convert.bytes32(Keccak.hash(value)),
                        refusal.code(),
                        refusal.detail(),
                        null,
                        "settlement",
                        record.time())));
    }
}
