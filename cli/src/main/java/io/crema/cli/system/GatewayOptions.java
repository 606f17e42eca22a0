package io.crema.cli.system;

import io.crema.edge.gateway.GatewayException;
import io.crema.edge.gateway.HandIn;
import io.crema.edge.gateway.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The gateway that machines hear from. */
public final class GatewayOptions {
    private static final int NOT_KNOWN_YET = 404;

    @Option(names = "--gateway", description = "The gateway's https address.")
    private @Nullable URI gateway;

    @Option(names = "--gateway-servers", description = "PEM: its certificate, or who vouches for it.")
    private @Nullable Path servers;

    @Option(
            names = "--wait",
            description = "Seconds to wait until the gateway has seen on chain what this builds on (default 300).",
            defaultValue = "300")
    private int seconds;

    /** Something to hand in. */
    @FunctionalInterface
    public interface Handing {
        void run() throws IOException, InterruptedException;
    }

    /** Hands in, and again each second while the gateway has not seen what it builds on: it waits for confirmations. */
    public void patiently(Handing handing) throws IOException, InterruptedException {
        for (var left = seconds; ; left--) {
            try {
                handing.run();
                return;
            } catch (GatewayException e) {
                if (e.status() != NOT_KNOWN_YET || left <= 0) {
                    throw e;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /**
     * The way there, if it is given.
     *
     * @throws IllegalArgumentException when it is given by half
     */
    public Optional<HandIn> open() throws IOException {
        if (gateway == null) {
            return Optional.empty();
        }
        if (servers == null) {
            throw new IllegalArgumentException("--gateway needs --gateway-servers");
        }
        return Optional.of(new HandIn(gateway, TlsIdentity.certificates(Files.readString(servers))));
    }
}
