package io.crema.bench;

import io.crema.bench.Report.Result;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./crema bench}: the report as JSON on standard output, what happens meanwhile on standard error. */
@Command(
        name = "bench",
        description = {
            "Measures the hot paths, each beside its baseline, and the whole system.",
            "Prints JSON on standard output; bench/README.md says what each figure means."
        })
final class Main implements Callable<Integer> {
    private static final String EDGE = "edge";
    private static final String START = "start";
    private static final String BACKFILL = "backfill";
    private static final String DEMO = "demo";

    /** The system property that names the unpacked archive of the edge. */
    private static final String ARCHIVE = "crema.bench.edge";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description = "What to measure: ${COMPLETION-CANDIDATES} (default: all).",
            completionCandidates = Known.class)
    private List<String> names = List.of();

    @Option(names = "--quick", description = "Shorter and rougher: to see that it works.")
    private boolean quick;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This page.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it
    private boolean help;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Length of each iteration (default 1), or of each load, from 1 to 600.")
    private int seconds;

    @Option(names = "--rate", paramLabel = "N", description = "Receipts per second, where a load has a rate.")
    private int rate;

    @Option(names = "--channels", paramLabel = "N", description = "Channels of a load.")
    private int channels;

    @Option(names = "--logs", paramLabel = "N", description = "Logs that the watcher reads.")
    private int logs;

    @Option(names = "--intents", paramLabel = "N", description = "Redemptions that settlement is asked for.")
    private int intents;

    @Option(names = "--cups", paramLabel = "N", description = "Cups of the demo (default 1000, with --quick 100).")
    private int cups;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).setCommandName("crema bench").execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var chosen = chosen();
        var measuring = measuring();
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var started = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        var machine = Machine.here(Path.of(System.getProperty(TapBenchmark.DIRECTORY, "target")));
        List<Result> results = new ArrayList<>();
        for (var comparison : Comparison.ALL) {
            if (chosen.contains(comparison.name())) {
                results.add(measuring.measure(comparison, System.err));
            }
        }
        Optional<List<Report.Taps>> edge = Optional.empty();
        if (chosen.contains(EDGE)) {
            edge = Optional.of(Scratch.with(folder -> new EdgeMeasuring(folder, quick ? 100 : 1000).measure()));
        }
        Optional<List<Report.Start>> start = Optional.empty();
        if (chosen.contains(START)) {
            var archive = Path.of(System.getProperty(ARCHIVE, ""));
            start = Optional.of(Scratch.with(folder -> new StartMeasuring(archive, folder, quick ? 2 : 9).measure()));
        }
        Optional<Report.Backfill> backfill = Optional.empty();
        if (chosen.contains(BACKFILL)) {
            backfill = Optional.of(Scratch.with(folder -> new Backfill(folder, quick ? 5_000 : 100_000).measure()));
        }
        Optional<Report.Demo> demo = Optional.empty();
        if (chosen.contains(DEMO)) {
            var home = Path.of(System.getProperty("crema.home", "."));
            demo = Optional.of(DemoMeasuring.measure(home, cups > 0 ? cups : quick ? 100 : 1000));
        }
        Map<String, Object> moneyPath = new LinkedHashMap<>();
        for (var path : MoneyPath.ALL) {
            if (chosen.contains(path.name())) {
                var settings = new Settings(quick, seconds, rate, channels, logs, intents);
                moneyPath.put(
                        path.name(), Scratch.with(folder -> path.measured().measure(settings, folder)));
            }
        }
        out.println(Report.of(
                        started.toString(),
                        machine,
                        measuring.settings(),
                        results,
                        edge,
                        start,
                        backfill,
                        demo,
                        moneyPath)
                .toJson());
        return 0;
    }

    private Measuring measuring() {
        var usual = quick ? Measuring.QUICK : Measuring.NORMAL;
        if (seconds == 0) {
            return usual;
        }
        if (seconds < 1 || seconds > 600) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds %d: expected a number from 1 to 600".formatted(seconds));
        }
        return usual.withIterationsOf(Duration.ofSeconds(seconds));
    }

    private Set<String> chosen() {
        var known = known();
        for (var name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no benchmark '%s'; expected some of: %s".formatted(name, String.join(", ", known)));
            }
        }
        return names.isEmpty() ? known : Set.copyOf(names);
    }

    static Set<String> known() {
        Set<String> known = new LinkedHashSet<>();
        Comparison.ALL.forEach(comparison -> known.add(comparison.name()));
        known.add(EDGE);
        known.add(START);
        known.add(BACKFILL);
        known.add(DEMO);
        MoneyPath.ALL.forEach(path -> known.add(path.name()));
        return known;
    }

    /** For the usage's text. */
    static final class Known implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return known().iterator();
        }
    }
}
