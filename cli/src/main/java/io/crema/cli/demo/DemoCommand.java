package io.crema.cli.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crema demo}: exit code 0 when every invariant holds and every row of a trace is accounted for. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs machines, Kafka, balances, redemption on a chain, and the console, all on this machine.")
public final class DemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Option(names = "--machines", paramLabel = "N", description = "How many machines (default 3; 1 with --trace).")
    private @Nullable Integer machines;

    @Option(names = "--employees", paramLabel = "N", description = "How many employees (default 8 per machine).")
    private @Nullable Integer employees;

    @Option(names = "--cups", paramLabel = "N", description = "Ends after N cups: redeems, reports, stops.")
    private @Nullable Integer cups;

    @Option(names = "--for", paramLabel = "TIME", description = "Ends after a time such as 60s or 5m.")
    private @Nullable String time;

    @Option(
            names = "--pace",
            paramLabel = "N|max",
            description = "Cups per second over the fleet (default max with --cups, else 3).")
    private @Nullable String pace;

    @Option(
            names = "--trace",
            paramLabel = "FILE.csv",
            description = "Sells what the file lists: columns date, datetime, cash_type, card, money, coffee_name.")
    private @Nullable Path trace;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            description = "Plays the trace N times faster than its own time (default max).")
    private @Nullable String speed;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the same people, keys and choices.")
    private @Nullable Long seed;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Keeps all state here (default: temporary).")
    private @Nullable Path dataDir;

    @Option(
            names = "--kill",
            paramLabel = "SERVICE@PERCENT",
            description = "Ends a service with SIGKILL at that share of the cups and starts it again; may be repeated. "
                    + "Services: ingest, streams, settlement, projections, edge.")
    private List<String> kills = List.of();

    @Option(
            names = "--offline",
            paramLabel = "PERCENT",
            description = "The machines have no network until that share of the cups, and serve all the same.")
    private @Nullable Integer offline;

    @Option(names = "--port", paramLabel = "PORT", description = "The console's port (default: any free one).")
    private int port;

    @Option(names = "--json", description = "The report on standard output, everything else on standard error.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var options = options();
        var faults = options.faults();
        if (!faults.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), faults));
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        return Demo.run(options, out, err);
    }

    private DemoOptions options() {
        try {
            return new DemoOptions(
                    optional(machines),
                    optional(employees),
                    optional(cups),
                    Optional.ofNullable(time).map(DemoCommand::duration),
                    Optional.ofNullable(trace),
                    rate("--speed", speed),
                    pace == null && cups == null && trace == null ? OptionalDouble.of(3) : rate("--pace", pace),
                    seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                    Optional.ofNullable(dataDir),
                    kills.stream().map(Kill::parse).toList(),
                    optional(offline),
                    json,
                    port);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** A positive number, or "max" for empty. */
    private static OptionalDouble rate(String option, @Nullable String text) {
        if (text == null || text.strip().equalsIgnoreCase("max")) {
            return OptionalDouble.empty();
        }
        try {
            var rate = Double.parseDouble(text.strip());
            if (rate > 0 && Double.isFinite(rate)) {
                return OptionalDouble.of(rate);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("%s %s: expected a number above 0, or max".formatted(option, text));
    }

    private static Duration duration(String text) {
        try {
            var duration = Duration.parse("PT" + text.strip().toUpperCase(Locale.ROOT));
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new IllegalArgumentException("--for %s: expected a time such as 60s, 5m or 1h30m".formatted(text));
    }
}
