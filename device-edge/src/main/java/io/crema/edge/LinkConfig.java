package io.crema.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a machine reaches the log, and where it learns what happens outside. Immutable; holds names of files, no secrets.
 *
 * @param kafka direct
 * @param gateway for facts, and where there is no {@code kafka} for everything
 */
public record LinkConfig(Optional<Kafka> kafka, Optional<Gateway> gateway) {

    /** Kafka, and as whom: at most one of the two. */
    public record Kafka(String bootstrapServers, Optional<Certificate> certificate, Optional<Password> password) {}

    /**
     * Mutual TLS with Kafka.
     *
     * @param authorities PEM of those who vouch for the brokers
     */
    public record Certificate(Path certificate, Path key, Path authorities) {}

    /**
     * SCRAM-SHA-512 over TLS.
     *
     * @param passwordFile its first line
     */
    public record Password(String user, Path passwordFile, Path authorities) {}

    /**
     * The gateway.
     *
     * @param certificate the machine's, PEM
     * @param key to it
     * @param servers the gateway's own certificate, or the authority that vouches for it
     */
    public record Gateway(URI address, Path certificate, Path key, Path servers) {}

    /** Kafka without security, no gateway: for a broker on this machine. */
    public static LinkConfig open(String bootstrapServers) {
        return new LinkConfig(
                Optional.of(new Kafka(bootstrapServers, Optional.empty(), Optional.empty())), Optional.empty());
    }

    /**
     * From the objects {@code kafka} (bootstrapServers; security: none, mtls or scram; certificate, key, authorities,
     * user, passwordFile) and {@code gateway} (address, certificate, key, servers) of a machine's configuration; at least
     * one of the two. Without {@code kafka} all goes through the gateway.
     *
     * @param folder that relative paths start from
     * @throws IllegalArgumentException naming all faults at once
     */
    public static LinkConfig fromJson(JsonNode root, Path folder) {
        return read(
                name -> {
                    var node = root.at("/" + name.replace('.', '/'));
                    return node.isMissingNode() || node.isNull() || node.isContainerNode()
                            ? ""
                            : node.asText().strip();
                },
                name -> name,
                folder);
    }

    /**
     * The same from CREMA_BOOTSTRAP_SERVERS, CREMA_KAFKA_SECURITY, CREMA_KAFKA_CERTIFICATE, CREMA_KAFKA_KEY,
     * CREMA_KAFKA_AUTHORITIES, CREMA_KAFKA_USER, CREMA_KAFKA_PASSWORD_FILE, CREMA_GATEWAY_ADDRESS,
     * CREMA_GATEWAY_CERTIFICATE, CREMA_GATEWAY_KEY and CREMA_GATEWAY_SERVERS.
     *
     * @throws IllegalArgumentException naming all faults at once
     */
    public static LinkConfig fromEnvironment(Map<String, String> env) {
        return read(name -> env.getOrDefault(variable(name), "").strip(), LinkConfig::variable, Path.of(""));
    }

    private static String variable(String name) {
        return name.equals("kafka.bootstrapServers")
                ? "CREMA_BOOTSTRAP_SERVERS"
                : "CREMA_"
                        + name.replaceAll("([a-z])([A-Z])", "$1_$2")
                                .replace('.', '_')
                                .toUpperCase(java.util.Locale.ROOT);
    }

    private static LinkConfig read(Function<String, String> values, Function<String, String> shown, Path folder) {
        var reader = new Reader(values, shown, folder, new ArrayList<>());
        var config = reader.links();
        if (!reader.faults().isEmpty()) {
            throw new IllegalArgumentException("the machine's links are wrong: " + String.join("; ", reader.faults()));
        }
        return config;
    }

    /** Reads values, and remembers what is wrong with them. */
    private record Reader(
            Function<String, String> values, Function<String, String> shown, Path folder, List<String> faults) {

        LinkConfig links() {
            Optional<Kafka> kafka =
                    values.apply("kafka.bootstrapServers").isEmpty() ? Optional.empty() : Optional.of(kafka());
            Optional<Gateway> gateway =
                    values.apply("gateway.address").isEmpty() ? Optional.empty() : Optional.of(gateway());
            if (kafka.isEmpty() && gateway.isEmpty()) {
                faults.add("neither %s nor %s is given; give Kafka's host:port, or the gateway's https address"
                        .formatted(shown.apply("kafka.bootstrapServers"), shown.apply("gateway.address")));
            }
            return new LinkConfig(kafka, gateway);
        }

        private Kafka kafka() {
            var servers = values.apply("kafka.bootstrapServers");
            var security = values.apply("kafka.security");
            return switch (security) {
                case "", "none" -> new Kafka(servers, Optional.empty(), Optional.empty());
                case "mtls" ->
                    new Kafka(
                            servers,
                            Optional.of(new Certificate(
                                    path("kafka.certificate"), path("kafka.key"), path("kafka.authorities"))),
                            Optional.empty());
                case "scram" ->
                    new Kafka(
                            servers,
                            Optional.empty(),
                            Optional.of(new Password(
                                    text("kafka.user"), path("kafka.passwordFile"), path("kafka.authorities"))));
                default -> {
                    faults.add("%s is '%s', expected none, mtls or scram"
                            .formatted(shown.apply("kafka.security"), security));
                    yield new Kafka(servers, Optional.empty(), Optional.empty());
                }
            };
        }

        private Gateway gateway() {
            return new Gateway(address(), path("gateway.certificate"), path("gateway.key"), path("gateway.servers"));
        }

        private URI address() {
            var text = values.apply("gateway.address");
            try {
                var address = URI.create(text);
                if ("https".equals(address.getScheme()) && address.getHost() != null) {
                    return address;
                }
            } catch (IllegalArgumentException e) {
                // named below
            }
            faults.add("%s is '%s', expected https://host:port".formatted(shown.apply("gateway.address"), text));
            return URI.create("https://localhost");
        }

        private Path path(String name) {
            return folder.resolve(text(name));
        }

        private String text(String name) {
            var value = values.apply(name);
            if (value.isEmpty()) {
                faults.add(shown.apply(name) + " is missing");
            }
            return value;
        }
    }
}
