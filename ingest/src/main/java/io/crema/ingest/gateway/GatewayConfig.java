package io.crema.ingest.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the gateway listens, and with which certificate. Immutable; holds names of files, no secrets.
 *
 * @param host to listen on
 * @param port to listen on; 0 takes any free one
 * @param certificate PEM, the gateway's own first
 * @param key PEM, PKCS #8
 * @param trial make both anew where they are missing, for a trial on one machine
 */
public record GatewayConfig(String host, int port, Path certificate, Path key, boolean trial) {

    /**
     * From CREMA_GATEWAY_PORT, CREMA_GATEWAY_HOST (127.0.0.1), CREMA_GATEWAY_CERTIFICATE, CREMA_GATEWAY_KEY, and
     * CREMA_GATEWAY_TRIAL (a folder that gets {@code gateway.crt} and {@code gateway.key}) in the place of those two.
     *
     * @return empty without a port: then there is no gateway
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public static Optional<GatewayConfig> fromEnvironment(Map<String, String> env) {
        var port = env.getOrDefault("CREMA_GATEWAY_PORT", "").strip();
        if (port.isEmpty()) {
            return Optional.empty();
        }
        List<String> faults = new ArrayList<>();
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            faults.add("CREMA_GATEWAY_PORT is '%s', expected a number from 0 to 65535".formatted(port));
        }
        var trial = env.getOrDefault("CREMA_GATEWAY_TRIAL", "").strip();
        var certificate = env.getOrDefault("CREMA_GATEWAY_CERTIFICATE", "").strip();
        var key = env.getOrDefault("CREMA_GATEWAY_KEY", "").strip();
        if (trial.isEmpty() && certificate.isEmpty()) {
            faults.add("CREMA_GATEWAY_CERTIFICATE is missing; give a PEM file, or CREMA_GATEWAY_TRIAL for a trial");
        }
        if (trial.isEmpty() && key.isEmpty()) {
            faults.add("CREMA_GATEWAY_KEY is missing; give a PEM file, or CREMA_GATEWAY_TRIAL for a trial");
        }
        if (!trial.isEmpty() && !(certificate.isEmpty() && key.isEmpty())) {
            faults.add("CREMA_GATEWAY_TRIAL is given beside a certificate or key; give one or the other");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("the gateway cannot start: " + String.join("; ", faults));
        }
        var host = env.getOrDefault("CREMA_GATEWAY_HOST", "").strip();
        return Optional.of(new GatewayConfig(
                host.isEmpty() ? "127.0.0.1" : host,
                Integer.parseInt(port),
                trial.isEmpty() ? Path.of(certificate) : Path.of(trial, "gateway.crt"),
                trial.isEmpty() ? Path.of(key) : Path.of(trial, "gateway.key"),
                !trial.isEmpty()));
    }

    /** For a trial: on any free port of the loopback, with a certificate that is made in the folder. */
    public static GatewayConfig trial(Path folder) {
        return new GatewayConfig("127.0.0.1", 0, folder.resolve("gateway.crt"), folder.resolve("gateway.key"), true);
    }

    public GatewayConfig withPort(int other) {
        return new GatewayConfig(host, other, certificate, key, trial);
    }
}
