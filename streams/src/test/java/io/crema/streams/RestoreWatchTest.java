package io.crema.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreWatchTest {
    private static final TopicPartition ONE = new TopicPartition("one-changelog", 0);
    private static final TopicPartition OTHER = new TopicPartition("other-changelog", 1);

    private Instant now = Instant.ofEpochSecond(Sales.NOON);
    private final RestoreWatch watch = new RestoreWatch("crema-balances", () -> now);

    @Test
    void shouldMeasureFromTheFirstStoreToTheLast() {
        assertThat(watch.progress().newest()).isEmpty();
        watch.onRestoreStart(ONE, "one", 0, 100);
        now = now.plusSeconds(2);
        watch.onRestoreStart(OTHER, "other", 50, 60);
        watch.onBatchRestored(ONE, "one", 40, 40);
        assertThat(watch.progress().running()).isEqualTo(2);
        assertThat(watch.progress().toRestore()).isEqualTo(110);
        assertThat(watch.progress().restored()).isEqualTo(40);
        watch.onRestoreEnd(ONE, "one", 100);
        now = now.plusSeconds(3);
        watch.onRestoreEnd(OTHER, "other", 10);
        assertThat(watch.progress().newest()).contains(Duration.ofSeconds(5));
        assertThat(watch.progress().running()).isZero();
    }

    @Test
    void shouldEndWithAStoreThatIsTakenAway() {
        watch.onRestoreStart(ONE, "one", 0, 100);
        watch.onRestoreSuspended(ONE, "one", 10);
        assertThat(watch.progress().running()).isZero();
        watch.onRestoreStart(ONE, "one", 10, 100);
        watch.onBatchRestored(ONE, "one", 100, 90);
        watch.onRestoreEnd(ONE, "one", 90);
        assertThat(watch.progress().restored()).isEqualTo(90);
        assertThat(watch.progress().restoredEver()).isEqualTo(90);
    }
}
