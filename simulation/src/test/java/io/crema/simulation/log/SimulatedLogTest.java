package io.crema.simulation.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SimulatedLogTest {
    private static final Place PLACE = new Place("topic", 0);
    private static final Place OTHER = new Place("topic", 1);

    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final SimulatedLog log = new SimulatedLog(() -> now, 2);

    @Test
    void shouldShowNothingBeyondTheLastStableOffset() {
        send(1);
        var writer = log.writer("a");
        writer.begin();
        writer.send(PLACE, bytes(0), bytes(2), now);
        send(3);

        assertThat(read()).containsExactly(1);
        assertThat(log.stable(PLACE)).isEqualTo(1);
        writer.commit();
        assertThat(read()).containsExactly(1, 2, 3);
    }

    @Test
    void shouldSkipMarkersAndAbortedRecords() {
        var writer = log.writer("a");
        writer.begin();
        writer.send(PLACE, bytes(0), bytes(1), now);
        writer.abort();
        send(2);

        var fetched = log.read(PLACE, 0, 10);
        assertThat(fetched.records())
                .singleElement()
                .satisfies(record -> assertThat(record.offset()).isEqualTo(2));
        assertThat(fetched.next()).isEqualTo(3);
        assertThat(log.readUncommitted(PLACE, 0, 10).records()).hasSize(2);
    }

    @Test
    void shouldFenceTheOlderWriterAndAbortWhatItLeftOpen() {
        var older = log.writer("a");
        older.begin();
        older.send(PLACE, bytes(0), bytes(1), now);
        var newer = log.writer("a");

        assertThatThrownBy(older::commit).isInstanceOf(WriterFencedException.class);
        newer.begin();
        newer.send(PLACE, bytes(0), bytes(2), now);
        newer.commit();
        assertThat(read()).containsExactly(2);
    }

    @Test
    void shouldCommitOffsetsWithTheRecordsOrNotAtAll() {
        var writer = log.writer("a");
        writer.begin();
        writer.offsets("group", Map.of(OTHER, new CommittedOffset(5, "")));
        assertThat(log.isUnstable("group", OTHER)).isTrue();
        assertThat(log.committed("group", OTHER)).isEmpty();
        writer.commit();
        assertThat(log.committed("group", OTHER)).contains(new CommittedOffset(5, ""));
        assertThat(log.isUnstable("group", OTHER)).isFalse();
    }

    @Test
    void shouldFenceTheMemberOfAnOlderGeneration() {
        var generation = log.join("group");
        var writer = log.writer("a");
        writer.begin();
        log.join("group");

        assertThatThrownBy(() -> writer.offsets("group", generation, Map.of()))
                .isInstanceOf(WriterFencedException.class)
                .hasMessageContaining("generation 1, the newest is 2");
    }

    @Test
    void shouldAbortWhatNobodyEnds() {
        var writer = log.writer("a");
        writer.begin();
        writer.send(PLACE, bytes(0), bytes(1), now);
        send(2);
        now = now.plus(SimulatedLog.TRANSACTION_TIMEOUT).plusSeconds(1);
        log.expire();

        assertThat(read()).containsExactly(2);
        assertThatThrownBy(writer::commit).isInstanceOf(WriterFencedException.class);
    }

    private void send(int value) {
        log.append(PLACE, bytes(0), bytes(value), now);
    }

    private List<Integer> read() {
        return log.read(PLACE, 0, 10).records().stream()
                .map(record -> (int) java.util.Objects.requireNonNull(record.value())[0])
                .toList();
    }

    private static byte[] bytes(int value) {
        return new byte[] {(byte) value};
    }
}
