package io.crema.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.typed.TypedData;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.RequestService;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class IntentFoldTest {
    private static final byte[] SUBJECT = TypedData.keccak("subject").bytes();

    private final LogOfTests log = new LogOfTests();
    private final Findings findings = new Findings();
    private final List<LogRecord> intents = new ArrayList<>();
    private final List<LogRecord> outcomes = new ArrayList<>();

    @Test
    void shouldCountTheNewestIntentAsUnderWay() {
        intent("one");
        intent("two");
        outcome("one");

        judge();

        assertThat(findings.differences()).isEmpty();
        assertThat(findings.pending()).containsEntry("intents without an outcome yet", 1L);
    }

    @Test
    void shouldNameASecondOutcomeAndItsRecord() {
        intent("one");
        outcome("one");
        outcome("one");

        judge();

        assertThat(findings.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.expected()).isEqualTo("it had one before");
            assertThat(difference.record()).isEqualTo("chain.outcomes.events.v1, partition 0, offset 1");
        });
    }

    @Test
    void shouldNameAnOutcomeThatNobodyAskedForInPlaceOfAnother() {
        intent("one");
        intent("two");
        outcome("one");
        outcome("three");

        judge();

        assertThat(findings.differences())
                .singleElement()
                .extracting(Difference::expected)
                .isEqualTo("nobody had this intent");
    }

    @Test
    void shouldNameAnIntentThatWasNeverClosed() {
        intent("one");
        intent("two");
        intent("three");
        outcome("two");

        judge();

        assertThat(findings.differences())
                .singleElement()
                .extracting(Difference::log)
                .asString()
                .startsWith("2 intents without an outcome");
    }

    private void intent(String name) {
        var hash = Convert.bytes32(TypedData.keccak(name));
        var subject = Convert.bytes32(TypedData.keccak("subject"));
        intents.add(log.record(
                Topic.INTENTS,
                SUBJECT,
                new RequestService(hash, hash, 1, subject, subject, subject, subject, false, Instant.EPOCH, null)));
    }

    private void outcome(String name) {
        var hash = Convert.bytes32(TypedData.keccak(name));
        outcomes.add(log.record(
                Topic.OUTCOMES,
                SUBJECT,
                Outcome.newBuilder()
                        .setSubject(Convert.bytes32(TypedData.keccak("subject")))
                        .setIntent(hash)
                        .setEffect(hash)
                        .setAttempt(1)
                        .setKind(OutcomeKind.FAILED)
                        .setTime(Instant.EPOCH)
                        .build()));
    }

    private void judge() {
        var book = new ChannelBook(1, Map.of(), LogOfTests.folded(), findings);
        var fold = new IntentFold(findings);
        intents.forEach(fold::addIntent);
        outcomes.forEach(outcome -> fold.addOutcome(outcome, book));
        if (!fold.unclear().isEmpty()) {
            intents.forEach(fold::readIntentAgain);
            outcomes.forEach(fold::readOutcomeAgain);
            fold.checkAgain();
        }
    }
}
