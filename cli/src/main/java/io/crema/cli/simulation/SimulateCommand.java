package io.crema.cli.simulation;

import io.crema.simulation.world.Campaign;
import io.crema.simulation.world.Simulation;
import io.crema.simulation.world.Story;
import io.crema.simulation.world.Wiring;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crema simulate}: exit code 0 when every seed holds, 1 when one does not. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Phones, machines, log, topology, settlement, watcher and chain in one process and in virtual time: "
                        + "crashes, zombies, reorgs and the like by seed. A seed that fails is made short and told as a story.")
public final class SimulateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    private CommandSpec spec;

    @Option(names = "--seeds", defaultValue = "100", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--seed", defaultValue = "1", description = "The first of them (default: ${DEFAULT-VALUE}).")
    private long first;

    @Option(
            names = "--steps",
            defaultValue = "" + Simulation.STEPS,
            description = "Steps of each seed (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Override
    public Integer call() {
        if (seeds < 1 || steps < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--seeds and --steps are at least 1, got %d and %d".formatted(seeds, steps));
        }
        PrintWriter out = spec.commandLine().getOut();
        var summary = Campaign.run(first, seeds, steps, Wiring.HONEST, failed -> {
            out.printf(
                    "seed %d, step %d: %s%n",
                    failed.seed(), failed.failedAt(), failed.failure().orElse(""));
            out.flush();
        });
        out.printf(
                Locale.ROOT,
                "%d seeds, %d steps, %d receipts accepted, %d redemptions, %d failed; %.1f s, %.1f seeds per second%n",
                summary.seeds(),
                summary.steps(),
                summary.receipts(),
                summary.redemptions(),
                summary.failures().size(),
                summary.took().toMillis() / 1_000.0,
                summary.seedsPerSecond());
        out.printf(
                "faults: %s%n",
                summary.faults().entrySet().stream()
                        .map(fault ->
                                fault.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-') + " "
                                        + fault.getValue())
                        .collect(Collectors.joining(", ")));
        summary.failures().stream().findFirst().ifPresent(failed -> {
            out.printf("seed %d, made short:%n", failed.seed());
            Story.tell(failed.seed(), steps, Wiring.HONEST).forEach(out::println);
            out.printf("replay: crema simulate --seed %d --seeds 1 --steps %d%n", failed.seed(), steps);
        });
        out.flush();
        return summary.failures().isEmpty() ? 0 : 1;
    }
}
