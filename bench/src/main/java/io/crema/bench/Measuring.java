package io.crema.bench;

import io.crema.bench.Report.Result;
import io.crema.bench.Report.Variant;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs comparisons with JMH in a forked JVM, one thread.
 *
 * @param warmups how many iterations are thrown away
 * @param iterations how many count
 * @param millis how long each takes
 */
record Measuring(int warmups, int iterations, long millis) {
    static final Measuring NORMAL = new Measuring(2, 3, 1000);
    static final Measuring QUICK = new Measuring(1, 1, 300);

    /** The same with longer or shorter iterations. */
    Measuring withIterationsOf(Duration duration) {
        return new Measuring(warmups, iterations, duration.toMillis());
    }

    /** @param progress where JMH tells what it does */
    Result measure(Comparison comparison, PrintStream progress) throws RunnerException {
        var options = new OptionsBuilder()
                .include("^" + comparison.type().getName().replace(".", "\\.") + "\\.")
                .mode(comparison.latency() ? Mode.SampleTime : Mode.Throughput)
                .timeUnit(comparison.latency() ? TimeUnit.MICROSECONDS : TimeUnit.SECONDS)
                .threads(1)
                .forks(1)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(millis))
                .shouldFailOnError(true)
                .addProfiler(CpuTime.class)
                .build();
        var format = OutputFormatFactory.createFormatInstance(progress, VerboseMode.NORMAL);
        return result(comparison, new Runner(options, format).run());
    }

    String settings() {
        return "JMH, 1 thread, 1 fork; of %3$d ms each: warm-ups %1$d, iterations %2$d"
                .formatted(warmups, iterations, millis);
    }

    private static Result result(Comparison comparison, Collection<RunResult> runs) {
        var base = runs.stream()
                .filter(run -> name(run).equals(comparison.baseline()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "%s has no result of its baseline %s".formatted(comparison.name(), comparison.baseline())));
        List<Variant> variants = new ArrayList<>();
        for (var run : runs) {
            variants.add(variant(comparison, run, base));
        }
        variants.sort(Comparator.comparingDouble(Variant::cpuMicroseconds));
        return new Result(
                comparison.name(), comparison.question(), comparison.baseline(), comparison.operation(), variants);
    }

    private static Variant variant(Comparison comparison, RunResult run, RunResult base) {
        var primary = run.getPrimaryResult();
        var speed = perSecond(comparison, run);
        var spread = primary.getScoreError() / primary.getScore();
        var statistics = primary.getStatistics();
        return new Variant(
                name(run),
                rounded(speed),
                rounded(1_000_000 / speed),
                Double.isFinite(spread) ? rounded(spread) : null,
                rounded(cpu(run)),
                rounded(speed / perSecond(comparison, base)),
                rounded(cpu(base) / cpu(run)),
                comparison.latency() ? rounded(statistics.getPercentile(50)) : null,
                comparison.latency() ? rounded(statistics.getPercentile(99)) : null);
    }

    private static double perSecond(Comparison comparison, RunResult run) {
        var score = run.getPrimaryResult().getScore();
        return comparison.latency() ? 1_000_000 / score : score;
    }

    private static double cpu(RunResult run) {
        return Objects.requireNonNull(run.getSecondaryResults().get(CpuTime.LABEL), CpuTime.LABEL)
                .getScore();
    }

    private static String name(RunResult run) {
        return run.getPrimaryResult().getLabel();
    }

    /** To three significant digits: more would be noise. */
    static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.2e", value));
    }
}
