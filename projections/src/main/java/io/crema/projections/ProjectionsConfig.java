package io.crema.projections;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the service needs to know.
 *
 * @param bootstrapServers Kafka, host:port, comma separated
 * @param jdbcUrl PostgreSQL, such as jdbc:postgresql://127.0.0.1:5432/crema?user=crema
 * @param schema where the tables live
 * @param host address to listen on; 127.0.0.1 unless a container says otherwise
 * @param httpPort 0 = any free one
 * @param directory names for ids, as {@link io.crema.projections.read.Directory} reads them; may appear later
 * @param contracts what the contracts' deployment wrote, as {@link io.crema.projections.read.ChainContracts} reads it; may
 *     appear later
 */
public record ProjectionsConfig(
        String bootstrapServers,
        String jdbcUrl,
        String schema,
        String host,
        int httpPort,
        Optional<Path> directory,
        Optional<Path> contracts) {

    /** @throws IllegalArgumentException that names all faults at once; no password is repeated */
    public ProjectionsConfig {
        var faults = new ArrayList<String>();
        if (!bootstrapServers.matches("[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*")) {
            faults.add(
                    "CREMA_BOOTSTRAP_SERVERS is '%s', expected host:port, comma separated".formatted(bootstrapServers));
        }
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            faults.add("CREMA_JDBC_URL is '%s', expected jdbc:postgresql://host:port/database?user=name"
                    .formatted(redacted(jdbcUrl)));
        }
        if (!schema.matches("[a-z][a-z0-9_]{0,40}")) {
            faults.add("CREMA_SCHEMA is '%s', expected a plain lower-case name".formatted(schema));
        }
        if (httpPort < 0 || httpPort > 65535) {
            faults.add("CREMA_HTTP_PORT is %d, expected 0 (any) to 65535".formatted(httpPort));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("configuration of projections: " + String.join("; ", faults));
        }
    }

    /** On this machine, any port, schema {@code crema}. */
    public static ProjectionsConfig local(String bootstrapServers, String jdbcUrl) {
        return new ProjectionsConfig(
                bootstrapServers, jdbcUrl, "crema", "127.0.0.1", 0, Optional.empty(), Optional.empty());
    }

    /**
     * From CREMA_BOOTSTRAP_SERVERS, CREMA_JDBC_URL, CREMA_HTTP_PORT, CREMA_HTTP_HOST, CREMA_SCHEMA, CREMA_DIRECTORY,
     * CREMA_CONTRACTS.
     */
    public static ProjectionsConfig fromEnvironment(Map<String, String> env) {
        var missing = List.of("CREMA_BOOTSTRAP_SERVERS", "CREMA_JDBC_URL").stream()
                .filter(name -> env.getOrDefault(name, "").isBlank())
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("configuration of projections: set " + String.join(" and ", missing));
        }
        return new ProjectionsConfig(
                env.getOrDefault("CREMA_BOOTSTRAP_SERVERS", ""),
                env.getOrDefault("CREMA_JDBC_URL", ""),
                env.getOrDefault("CREMA_SCHEMA", "crema"),
                env.getOrDefault("CREMA_HTTP_HOST", "127.0.0.1"),
                port(env.getOrDefault("CREMA_HTTP_PORT", "0")),
                path(env, "CREMA_DIRECTORY"),
                path(env, "CREMA_CONTRACTS"));
    }

    private static Optional<Path> path(Map<String, String> env, String name) {
        return Optional.ofNullable(env.get(name))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }

    public ProjectionsConfig withDirectory(Path file) {
        return new ProjectionsConfig(bootstrapServers, jdbcUrl, schema, host, httpPort, Optional.of(file), contracts);
    }

    public ProjectionsConfig withContracts(Path file) {
        return new ProjectionsConfig(bootstrapServers, jdbcUrl, schema, host, httpPort, directory, Optional.of(file));
    }

    public ProjectionsConfig withHttpPort(int port) {
        return new ProjectionsConfig(bootstrapServers, jdbcUrl, schema, host, port, directory, contracts);
    }

    @Override
    public String toString() {
        return "projections of %s into %s schema %s at %s:%d"
                .formatted(bootstrapServers, redacted(jdbcUrl), schema, host, httpPort);
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "configuration of projections: CREMA_HTTP_PORT is '%s', expected a number, 0 for any"
                            .formatted(text),
                    e);
        }
    }

    private static String redacted(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1…").replaceAll("//[^/@]*@", "//…@");
    }
}
