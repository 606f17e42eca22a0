package io.crema.bench.throughput;

import io.crema.bench.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a number of channels costs: state, rate, and the time to restore the state from the log. */
public final class ChannelTable {
    private static final List<Integer> STEPS = List.of(1_000, 10_000, 100_000, 1_000_000);

    private static final int PER_SECOND = 25_000;

    private ChannelTable() {}

    /**
     * @param stateBytes of the state directory, after each channel had a receipt
     * @param bytesPerChannel of that
     * @param rate each receipt of another channel, badges warm
     * @param restoreSeconds from the start of the process with an empty state directory until it runs and lags nothing
     */
    public record Row(int channels, long stateBytes, long bytesPerChannel, Rate rate, double restoreSeconds) {}

    /** @param how as in the other figures */
    public record Figures(String how, int partitions, List<Row> rows) {}

    /** Windows of 20 s, up to 1,000,000 channels. */
    public static Figures measure(Settings settings, Path folder) throws Exception {
        var most = settings.choose(settings.channels(), 1_000_000, 1_000);
        var steps = STEPS.stream().filter(step -> step <= most).toList();
        return measure(folder, steps.isEmpty() ? List.of(most) : steps, settings.choose(settings.seconds(), 20, 5));
    }

    /** @param seconds length of each window */
    static Figures measure(Path folder, List<Integer> channels, int seconds) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (var count : channels) {
            var own = folder.resolve(Integer.toString(count));
            rows.add(row(own, count, seconds));
            Stage.delete(own);
        }
        return new Figures(Throughput.HOW, Stage.PARTITIONS, rows);
    }

    private static Row row(Path folder, int channels, int seconds) throws Exception {
        Files.createDirectories(folder);
        try (var throughput = new Throughput(folder, channels)) {
            throughput.open();
            var warmUp = Math.max(channels, (long) seconds * PER_SECOND / 4);
            var load = new Load(warmUp, (long) seconds * PER_SECOND, 1, false);
            var rate = throughput.measure(Kind.BALANCES, load, seconds);
            throughput.foldRest();
            var state = throughput.stage().state(Throughput.APPLICATION);
            var bytes = Stage.bytes(state);
            Stage.delete(state);
            var restored = throughput.foldRest();
            return new Row(channels, bytes, bytes / channels, rate, Window.rounded(seconds(restored)));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
