package io.crema.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

final class TopicCatalogueTest {
    @Test
    void shouldAskAgainWhileABrokerHasNotHeardOfATopic() throws Exception {
        var answers = List.of(failed(new UnknownTopicOrPartitionException("not yet")), KafkaFuture.completedFuture(1))
                .iterator();

        TopicCatalogue.patiently(answers::next, Duration.ZERO);

        assertThat(answers).isExhausted();
    }

    @Test
    void shouldSayAtOnceWhatNoWaitingMends() {
        assertThatThrownBy(() -> TopicCatalogue.patiently(
                        () -> failed(new TopicAuthorizationException("not for you")), Duration.ofDays(1)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("not for you");
    }

    private static KafkaFuture<?> failed(Exception why) {
        var future = new KafkaFutureImpl<Integer>();
        future.completeExceptionally(why);
        return future;
    }
}
