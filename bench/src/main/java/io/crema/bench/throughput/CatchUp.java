package io.crema.bench.throughput;

import io.crema.bench.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What machines have sold without a network comes in runs: one signature vouches for all of a run. */
public final class CatchUp {
    private static final int RUN = 100;
    private static final int PER_SECOND = 90_000;
    private static final int EACH_PER_SECOND = 25_000;

    private CatchUp() {}

    /**
     * @param speedRatio by the same topology checking each receipt, badges warm
     * @param ofPlain by the plain aggregate with each receipt as a record
     */
    public record Figures(
            String how,
            int channels,
            int partitions,
            int runLength,
            List<Rate> rates,
            double speedRatio,
            double coldSpeedRatio,
            double ofPlain) {}

    /** Windows of 20 s, 10,000 channels. */
    public static Figures measure(Settings settings, Path folder) throws Exception {
        return measure(
                folder, settings.choose(settings.channels(), 10_000, 100), settings.choose(settings.seconds(), 20, 5));
    }

    /** @param seconds length of each window */
    static Figures measure(Path folder, int channels, int seconds) throws Exception {
        try (var throughput = new Throughput(folder, channels)) {
            throughput.open();
            List<Rate> rates = new ArrayList<>();
            var warmUp = Math.max((long) channels * RUN, (long) seconds * PER_SECOND / 4);
            var warm = new Load(warmUp, (long) seconds * PER_SECOND, RUN, false);
            rates.add(throughput.measure(Kind.BALANCES, warm, true, seconds));
            rates.add(throughput.measure(Kind.BALANCES, new Load(warmUp, warm.receipts(), RUN, true), seconds));
            var each = (long) seconds * EACH_PER_SECOND;
            rates.add(throughput.measure(Kind.EACH, new Load(each / 3, each, RUN, false), seconds));
            rates.add(throughput.measure(Kind.EACH, new Load(each / 3, each, RUN, true), seconds));
            rates.add(throughput.plainOverSingles(warm, seconds));
            return new Figures(
                    Throughput.HOW,
                    channels,
                    Stage.PARTITIONS,
                    RUN,
                    rates,
                    Steady.ratio(rates.get(0), rates.get(2)),
                    Steady.ratio(rates.get(1), rates.get(3)),
                    Steady.ratio(rates.get(0), rates.get(4)));
        }
    }
}
