package io.crema.cli.redemptions;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.cli.audit.AuditConfig;
import io.crema.cli.audit.LogReader;
import io.crema.cli.audit.UnreadableException;
import io.crema.cli.system.EnvironmentFile;
import io.crema.contracts.value.ChannelId;
import io.crema.streams.StreamsConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code crema redemptions}. Exit codes: 0 told, 1 no such channel, 2 not understood, 3 could not be read. */
@Command(
        name = "redemptions",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 3,
        description = "Lists the channels with money that is not redeemed, the next to be redeemed first. Takes the "
                + "variables of ingest and the policy's (CREMA_REDEEM_…) from the environment, or from the file that "
                + "CREMA_ENV_FILE names.")
public final class RedemptionsCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNREADABLE = 3;

    private final InstantSource clock = InstantSource.system();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--env-file",
            scope = ScopeType.INHERIT,
            description = "The file that 'crema setup' writes (default: CREMA_ENV_FILE).")
    private @Nullable Path environmentFile;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON.")
    private boolean json;

    @Option(names = "--most", defaultValue = "50", description = "How many channels to list (default 50).")
    private int most;

    /** The next to be redeemed. */
    @Override
    public Integer call() {
        if (most < 1) {
            throw new ParameterException(command().commandLine(), "--most is %d, expected at least 1".formatted(most));
        }
        return reading(channel -> true, (all, now) -> {
            var waiting = all.stream()
                    .filter(it -> !it.unredeemed().isZero())
                    .sorted(Comparator.comparing((Explanation it) -> it.open().isEmpty())
                            .thenComparing(it -> it.next().orElse(Instant.MAX))
                            .thenComparing(Explanation::unredeemed, Comparator.reverseOrder()))
                    .toList();
            var out = command().commandLine().getOut();
            var shown = waiting.stream().limit(most).toList();
            if (json) {
                var array = JSON.createArrayNode();
                shown.forEach(it -> array.add(ExplanationJson.node(it)));
                out.println(array.toPrettyString());
            } else {
                out.println("%d channels have money that is not redeemed%s."
                        .formatted(
                                waiting.size(),
                                waiting.size() > shown.size() ? "; the first %d are".formatted(shown.size()) : ""));
                shown.forEach(
                        it -> out.println("%s  %s unredeemed  %s".formatted(it.channel(), it.unredeemed(), when(it))));
            }
            out.flush();
            return 0;
        });
    }

    private static String when(Explanation it) {
        if (it.open().isPresent()) {
            return "under way (%s)".formatted(it.open().get().getReason());
        }
        if (it.demand().isPresent()) {
            return "now (%s)".formatted(it.demand().get().reason());
        }
        return it.next().map(at -> "at " + at).orElse("not while the channel is " + it.status());
    }

    /** One channel, in plain sentences. */
    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = "Says what of a channel is unredeemed, since when, what makes it redeemed when, and what is "
                    + "under way.")
    int explain(@Parameters(paramLabel = "CHANNEL", description = "The channel's id, hexadecimal.") String channel) {
        ChannelId id;
        try {
            id = ChannelId.fromHex(channel);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command().commandLine(), String.valueOf(e.getMessage()), e);
        }
        return reading(id::equals, (all, now) -> {
            if (all.isEmpty()) {
                command().commandLine().getErr().println("crema: the log has no balance of channel " + id);
                return 1;
            }
            var out = command().commandLine().getOut();
            if (json) {
                out.println(ExplanationJson.node(all.getFirst()).toPrettyString());
            } else {
                ExplanationText.lines(all.getFirst(), now).forEach(out::println);
            }
            out.flush();
            return 0;
        });
    }

    private interface Told {
        int tell(List<Explanation> all, Instant now);
    }

    private int reading(Predicate<ChannelId> wanted, Told told) {
        AuditConfig config;
        StreamsConfig streams;
        try {
            var environment = EnvironmentFile.process(Optional.ofNullable(environmentFile));
            config = AuditConfig.fromEnvironment(environment);
            streams = StreamsConfig.fromEnvironment(withDataDir(environment));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command().commandLine(), String.valueOf(e.getMessage()), e);
        }
        try (var log = new LogReader(config.bootstrapServers())) {
            var now = clock.instant();
            var all = RedemptionLog.read(log, config.payment(), wanted).stream()
                    .map(facts -> Explanation.of(facts, streams.policy(), now))
                    .toList();
            return told.tell(all, now);
        } catch (UnreadableException e) {
            command().commandLine().getErr().println("crema: " + e.getMessage());
            return UNREADABLE;
        }
    }

    /** Nothing is stored here, but streams' variables include a folder. */
    private static Map<String, String> withDataDir(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("CREMA_DATA_DIR", ".");
        return all;
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls");
        }
        return spec;
    }
}
