package io.crema.cli.replay;

import io.crema.cli.audit.UnreadableException;
import io.crema.cli.system.EnvironmentFile;
import io.crema.projections.ProjectionsConfig;
import io.crema.projections.ProjectionsService;
import io.crema.streams.StreamsConfig;
import io.crema.streams.channels.BalancesSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crema replay}. Exit codes: 0 identical, 1 a difference, 2 not understood, 3 could not be read. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 3,
        description = "Folds the log from its first record in a scratch state and compares each channel with the "
                + "balances that streams has published; changes nothing, and the system may run. Takes the variables of "
                + "streams from the environment, or from the file that CREMA_ENV_FILE names.")
public final class ReplayCommand implements Callable<Integer> {
    private static final int DIFFERS = 1;
    private static final int UNREADABLE = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--env-file", description = "The file that 'crema setup' writes (default: CREMA_ENV_FILE).")
    private @Nullable Path environmentFile;

    @Option(
            names = "--read-models",
            description = "Then also rebuild and compare the read models, as 'crema projections rebuild' does.")
    private boolean readModels;

    @Override
    public Integer call() throws SQLException {
        Map<String, String> environment;
        StreamsConfig config;
        Optional<ProjectionsConfig> projections;
        try {
            environment = new HashMap<>(EnvironmentFile.process(Optional.ofNullable(environmentFile)));
            environment.putIfAbsent("CREMA_DATA_DIR", ".");
            config = StreamsConfig.fromEnvironment(environment);
            projections = readModels ? Optional.of(ProjectionsConfig.fromEnvironment(environment)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command().commandLine(), String.valueOf(e.getMessage()), e);
        }
        try {
            var settings = new BalancesSettings(
                    1, config.payment(), config.policy(), config.mostWaitingPerMachine(), Duration.ofSeconds(1));
            var code = tell(Replay.run(config.bootstrapServers(), settings));
            return projections.isPresent() ? Math.max(code, rebuild(projections.get())) : code;
        } catch (UnreadableException e) {
            command().commandLine().getErr().println("crema: " + e.getMessage());
            return UNREADABLE;
        }
    }

    private int tell(Replay.Result result) {
        var out = command().commandLine().getOut();
        if (result.differences().isEmpty()) {
            out.println("identical, %,d channels, %,d records%s"
                    .formatted(
                            result.channels(),
                            result.records(),
                            result.underWay() == 0
                                    ? ""
                                    : "; %,d channels have records that streams has not folded yet"
                                            .formatted(result.underWay())));
        } else {
            var first = result.differences().entrySet().iterator().next();
            out.println("channel " + first.getKey() + " differs:");
            first.getValue().forEach(field -> out.println("  " + field));
            out.println("%,d of %,d channels differ, %,d records folded"
                    .formatted(result.differences().size(), result.channels(), result.records()));
        }
        out.flush();
        return result.differences().isEmpty() ? 0 : DIFFERS;
    }

    private int rebuild(ProjectionsConfig config) throws SQLException {
        var result = ProjectionsService.rebuild(config);
        var out = command().commandLine().getOut();
        result.differences().forEach(out::println);
        out.println("read models: %s, %,d records"
                .formatted(result.identical() ? "identical" : "differ", result.records()));
        out.flush();
        return result.identical() ? 0 : DIFFERS;
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls");
        }
        return spec;
    }
}
