package io.crema.bench.throughput;

import io.crema.bench.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Each receipt of another channel: the newest of each channel is checked, so each receipt is. */
public final class Steady {
    /** More than can be folded in a second: what is left of a load is signed in vain, a load that ends early is no window. */
    private static final int WARM_PER_SECOND = 25_000;

    private static final int COLD_PER_SECOND = 16_000;
    private static final int BOUNCY_CASTLE_PER_SECOND = 6_000;

    private Steady() {}

    /**
     * @param speedRatio of warm receipts, by BouncyCastle's
     * @param coldSpeedRatio the same with cold badges
     * @param ofPlain warm receipts by the plain aggregate's
     */
    public record Figures(
            String how,
            int channels,
            int partitions,
            List<Rate> rates,
            double speedRatio,
            double coldSpeedRatio,
            double ofPlain) {}

    /** The window with warm badges takes 60 s, the others a third of it; 100,000 channels. */
    public static Figures measure(Settings settings, Path folder) throws Exception {
        return measure(
                folder,
                settings.choose(settings.channels(), 100_000, 1_000),
                settings.choose(settings.seconds(), 60, 5));
    }

    /** @param seconds length of the window with warm badges; the others are a third of it */
    static Figures measure(Path folder, int channels, int seconds) throws Exception {
        var part = Math.max(2, seconds / 3);
        try (var throughput = new Throughput(folder, channels)) {
            throughput.open();
            List<Rate> rates = new ArrayList<>();
            var warm = load(channels, (long) seconds * WARM_PER_SECOND, false);
            rates.add(throughput.measure(Kind.BALANCES, warm, seconds));
            rates.add(throughput.measure(Kind.BALANCES, load(channels, (long) part * COLD_PER_SECOND, true), part));
            rates.add(throughput.measure(
                    Kind.BOUNCY_CASTLE, load(channels, (long) part * BOUNCY_CASTLE_PER_SECOND, false), part));
            rates.add(throughput.measure(
                    Kind.BOUNCY_CASTLE, load(channels, (long) part * BOUNCY_CASTLE_PER_SECOND / 2, true), part));
            rates.add(throughput.plainOverRuns(warm, part));
            return new Figures(
                    Throughput.HOW,
                    channels,
                    Stage.PARTITIONS,
                    rates,
                    ratio(rates.get(0), rates.get(2)),
                    ratio(rates.get(1), rates.get(3)),
                    ratio(rates.get(0), rates.get(4)));
        }
    }

    /** After the warm-up each channel's own badge has been seen. */
    private static Load load(int channels, long receipts, boolean cold) {
        return new Load(channels, receipts, 1, cold);
    }

    static double ratio(Rate ours, Rate other) {
        return Window.rounded(ours.perSecond() / other.perSecond());
    }
}
