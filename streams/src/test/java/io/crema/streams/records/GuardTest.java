package io.crema.streams.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.events.Quarantined;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final byte[] KEY = new byte[32];
    private static final String SINK = Outbound.sink(Topic.QUARANTINE);

    private final Setbacks setbacks = new Setbacks();
    private final List<Long> processed = new ArrayList<>();
    private MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();

    @Test
    void shouldTryARecordThreeTimesAndThenQuarantineIt() {
        for (var attempt = 0; attempt < Setbacks.ATTEMPTS; attempt++) {
            // What fails aborts its transaction and comes again, to a new task.
            assertThatThrownBy(() -> process(7, poison())).isInstanceOf(ArithmeticException.class);
            assertThat(context.forwarded()).isEmpty();
        }
        process(7, poison());
        assertThat(context.forwarded(SINK)).singleElement().satisfies(forwarded -> {
            var quarantined =
                    RecordCodec.perThread().decode((byte[]) forwarded.record().value(), Quarantined.class);
            assertThat(quarantined.getReason()).isEqualTo("UNPROCESSABLE");
            assertThat(quarantined.getOffset()).isEqualTo(7);
            assertThat(quarantined.getDetail()).contains("ArithmeticException");
            assertThat(quarantined.getValue().get(0)).isEqualTo((byte) 42);
        });
        process(8, record -> processed.add(8L));
        assertThat(processed).containsExactly(8L);
    }

    @Test
    void shouldNotBlameARecordForKafkaOrForAStore() {
        for (var attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> process(7, record -> {
                        throw new RecordTooLargeException("full");
                    }))
                    .isInstanceOf(RecordTooLargeException.class);
            assertThatThrownBy(() -> process(7, record -> {
                        throw new RecordFormatException("written by a newer build");
                    }))
                    .isInstanceOf(RecordFormatException.class);
        }
        process(7, record -> processed.add(7L));
        assertThat(processed).containsExactly(7L);
    }

    @Test
    void shouldGiveUpOnlyAFew() {
        for (var offset = 0; offset < 2 * Setbacks.MOST_GIVEN_UP; offset++) {
            for (var attempt = 0; attempt < Setbacks.ATTEMPTS; attempt++) {
                var at = offset;
                assertThatThrownBy(() -> process(at, poison())).isInstanceOf(ArithmeticException.class);
            }
        }
        process(Setbacks.MOST_GIVEN_UP - 1, poison());
        assertThat(context.forwarded(SINK)).hasSize(1);
        assertThatThrownBy(() -> process(Setbacks.MOST_GIVEN_UP, poison())).isInstanceOf(ArithmeticException.class);
    }

    private static Processor<byte[], byte[], byte[], byte[]> poison() {
        return record -> {
            throw new ArithmeticException("of this record");
        };
    }

    private void process(long offset, Processor<byte[], byte[], byte[], byte[]> processor) {
        context = new MockProcessorContext<>();
        context.setRecordMetadata("edge.receipts.events.v1", 0, offset);
        var guard = new Guard(processor, "/streams/balances", SINK, setbacks);
        guard.init(context);
        guard.process(new Record<>(KEY, new byte[] {42}, 1_000L));
    }
}
