package io.crema.bench;

import io.crema.bench.chain.Settling;
import io.crema.bench.chain.Watching;
import io.crema.bench.live.EndToEnd;
import io.crema.bench.live.Recovery;
import io.crema.bench.throughput.CatchUp;
import io.crema.bench.throughput.ChannelTable;
import io.crema.bench.throughput.Steady;
import java.nio.file.Path;
import java.util.List;

/**
 * One benchmark of the money's path, with its baselines in the same run.
 *
 * @param name as the caller says it
 */
record MoneyPath(String name, Measured measured) {
    static final List<MoneyPath> ALL = List.of(
            new MoneyPath("steady", Steady::measure),
            new MoneyPath("catch-up", CatchUp::measure),
            new MoneyPath("channels", ChannelTable::measure),
            new MoneyPath("end-to-end", EndToEnd::measure),
            new MoneyPath("recovery", Recovery::measure),
            new MoneyPath("settlement", Settling::measure),
            new MoneyPath("watcher", Watching::measure));

    /** Runs it; what it returns is written as JSON. */
    @FunctionalInterface
    interface Measured {
        /** @param folder on the disk that is measured, gone afterwards */
        Object measure(Settings settings, Path folder) throws Exception;
    }
}
