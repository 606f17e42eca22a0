package io.crema.edge;

import io.crema.edge.node.Caps;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of an edge process.
 *
 * @param kafka where the log is, and as whom
 * @param dataDir holds {@code machines/<serial>/}
 * @param world where the simulated world listens; empty = it lives in this process
 * @param telemetryInterval how often a machine reports, by its own clock
 * @param caps how far machines serve on their own
 */
public record EdgeConfig(
        LinkConfig.Kafka kafka,
        Path dataDir,
        Optional<InetSocketAddress> world,
        Duration telemetryInterval,
        Caps caps) {

    public EdgeConfig {
        var faults = new ArrayList<String>();
        if (kafka.bootstrapServers().isBlank()) {
            faults.add("CREMA_BOOTSTRAP_SERVERS is missing; give Kafka's host:port");
        }
        if (telemetryInterval.isNegative() || telemetryInterval.isZero()) {
            faults.add(
                    "CREMA_EDGE_TELEMETRY_SECONDS is %s, expected at least 1".formatted(telemetryInterval.toSeconds()));
        }
        throwIfAny(faults);
    }

    /** In-process world, a report each minute, no caps. */
    public static EdgeConfig of(String bootstrapServers, Path dataDir) {
        return new EdgeConfig(
                new LinkConfig.Kafka(bootstrapServers, Optional.empty(), Optional.empty()),
                dataDir,
                Optional.empty(),
                Duration.ofMinutes(1),
                Caps.NONE);
    }

    public EdgeConfig withTelemetryInterval(Duration interval) {
        return new EdgeConfig(kafka, dataDir, world, interval, caps);
    }

    public EdgeConfig withWorld(InetSocketAddress address) {
        return new EdgeConfig(kafka, dataDir, Optional.of(address), telemetryInterval, caps);
    }

    /**
     * From CREMA_BOOTSTRAP_SERVERS and the other settings of {@link LinkConfig} for Kafka, CREMA_DATA_DIR, CREMA_EDGE_WORLD (host:port), CREMA_EDGE_TELEMETRY_SECONDS (60),
     * CREMA_EDGE_MOST_UNPUBLISHED (no limit) and CREMA_EDGE_HORIZON (false).
     *
     * @throws IllegalArgumentException naming all faults at once
     */
    public static EdgeConfig fromEnvironment(Map<String, String> env) {
        var faults = new ArrayList<String>();
        var dataDir = env.getOrDefault("CREMA_DATA_DIR", "");
        if (dataDir.isBlank()) {
            faults.add("CREMA_DATA_DIR is missing; give the folder that holds machines/");
        }
        var kafka = new LinkConfig.Kafka("", Optional.empty(), Optional.empty());
        if (env.getOrDefault("CREMA_BOOTSTRAP_SERVERS", "").isBlank()) {
            faults.add("CREMA_BOOTSTRAP_SERVERS is missing; give Kafka's host:port");
        } else {
            try {
                kafka = LinkConfig.fromEnvironment(env).kafka().orElse(kafka);
            } catch (IllegalArgumentException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        var seconds = number(env, "CREMA_EDGE_TELEMETRY_SECONDS", 60, faults);
        var cups = number(env, "CREMA_EDGE_MOST_UNPUBLISHED", Long.MAX_VALUE, faults);
        var world = address(env.getOrDefault("CREMA_EDGE_WORLD", ""), faults);
        throwIfAny(faults);
        return new EdgeConfig(
                kafka,
                Path.of(dataDir),
                world,
                Duration.ofSeconds(seconds),
                new Caps(cups, Boolean.parseBoolean(env.getOrDefault("CREMA_EDGE_HORIZON", "false"))));
    }

    private static long number(Map<String, String> env, String name, long otherwise, List<String> faults) {
        var text = env.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[1-9][0-9]{0,9}")) {
            faults.add("%s is '%s', expected a whole number from 1".formatted(name, text));
            return otherwise;
        }
        return Long.parseLong(text);
    }

    private static Optional<InetSocketAddress> address(String text, List<String> faults) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        var colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[1-9][0-9]{0,4}")) {
            faults.add("CREMA_EDGE_WORLD is '%s', expected host:port".formatted(text));
            return Optional.empty();
        }
        return Optional.of(new InetSocketAddress(
                text.substring(0, colon), Math.min(65_535, Integer.parseInt(text.substring(colon + 1)))));
    }

    private static void throwIfAny(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("the edge's settings are wrong: " + String.join("; ", faults));
        }
    }
}
