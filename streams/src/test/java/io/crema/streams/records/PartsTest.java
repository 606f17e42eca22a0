package io.crema.streams.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Hash;
import io.crema.events.PartyState;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.wire.RecordFormatException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
    private static final byte[] KEY = new byte[20];

    @TempDir
    Path dir;

    @Test
    void shouldRefuseWhatAChangelogCouldNotHoldWhereItIsPut() {
        var context = new MockProcessorContext<byte[], byte[]>(new Properties(), new TaskId(0, 0), dir.toFile());
        var store = Parts.records("customers", PartyState.class)
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        try {
            var channels = Collections.nCopies(30_000, Convert.bytes32(Hash.ZERO));
            assertThatThrownBy(() -> store.put(KEY, new PartyState(List.of(), channels)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("PartyState");
            assertThat(store.get(KEY)).isNull();
        } finally {
            store.close();
        }
    }

    @Test
    void shouldNotGuessWhatAnotherBuildWrote() {
        var written = Versioned.allocate(4).putInt(7).array();
        assertThat(Versioned.read("counts", written).getInt()).isEqualTo(7);
        written[0] = 2;
        assertThatThrownBy(() -> Versioned.read("counts", written))
                .isInstanceOf(RecordFormatException.class)
                .hasMessageContaining("store counts holds a value of format 2");
    }
}
