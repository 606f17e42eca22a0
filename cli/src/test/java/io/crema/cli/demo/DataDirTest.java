package io.crema.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.cli.fleet.FleetFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirTest {
    @TempDir
    Path folder;

    @Test
    void shouldBeUsedByOneDemoAtATime() {
        try (var first = DataDir.open(Optional.of(folder))) {
            assertThatThrownBy(() -> DataDir.open(Optional.of(first.path())))
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("--data-dir");
        }
    }

    @Test
    void shouldKeepTheNewestFleetWhenSeveralMachinesAreToppedUpAtOnce() throws Exception {
        var deposited = new AtomicLong();
        try (var dataDir = DataDir.open(Optional.of(folder));
                var treasurers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> topUps = new ArrayList<>();
            for (var i = 0; i < 200; i++) {
                topUps.add(treasurers.submit(() -> {
                    deposited.incrementAndGet();
                    dataDir.keep(() -> fleet(deposited.get()));
                    return null;
                }));
            }
            for (var topUp : topUps) {
                topUp.get();
            }

            assertThat(dataDir.fleet()).contains(fleet(200));
        }
    }

    private static FleetFile fleet(long deposited) {
        return new FleetFile(
                1, 1, "menu", 1, List.of(new FleetFile.Machine("CM-0001", 0, 0, Long.toString(deposited))));
    }
}
