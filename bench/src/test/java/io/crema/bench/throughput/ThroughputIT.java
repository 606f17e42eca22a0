package io.crema.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each benchmark once, as small as it goes: that it works, not how fast. */
@Tag("long")
class ThroughputIT {
    @TempDir
    Path folder;

    @Test
    void shouldMeasureSingleReceipts() throws Exception {
        check(Steady.measure(folder, 20, 1).rates());
    }

    @Test
    void shouldMeasureRuns() throws Exception {
        check(CatchUp.measure(folder, 20, 1).rates());
    }

    @Test
    void shouldRestoreTheStateOfEachNumberOfChannels() throws Exception {
        var figures = ChannelTable.measure(folder, List.of(10, 20), 1);

        assertThat(figures.rows()).extracting(ChannelTable.Row::channels).containsExactly(10, 20);
        assertThat(figures.rows()).allSatisfy(row -> {
            assertThat(row.stateBytes()).isPositive();
            assertThat(row.restoreSeconds()).isPositive();
        });
    }

    private static void check(List<Rate> rates) {
        assertThat(rates).extracting(Rate::how, Rate::badges).hasSize(5).doesNotHaveDuplicates();
        assertThat(rates).allSatisfy(rate -> assertThat(rate.receipts()).isPositive());
    }
}
