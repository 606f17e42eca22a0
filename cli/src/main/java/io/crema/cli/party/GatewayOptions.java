package io.crema.cli.party;

import io.crema.edge.gateway.GatewayException;
import io.crema.edge.gateway.HandIn;
import io.crema.edge.gateway.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** A signed paper, to be handed in. */
    @FunctionalInterface
    public interface Paper {
        void to(HandIn gateway) throws IOException, InterruptedException;
    }

    public boolean isGiven() {
        return gateway != null;
    }

    /**
     * Hands the paper in, and again each second while the gateway has not seen what it builds on: that waits for
     * confirmations.
     *
     * @throws IllegalArgumentException when no gateway is given, or only half of it
     * @throws GatewayException with its reason when it refuses
     */
    public void handIn(Paper paper) throws IOException, InterruptedException {
        if (gateway == null || servers == null) {
            throw new IllegalArgumentException(
                    "the machine hears of it through a gateway: give --gateway and --gateway-servers");
        }
        try (var open = new HandIn(gateway, TlsIdentity.certificates(Files.readString(servers)))) {
            for (var left = seconds; ; left--) {
                try {
                    paper.to(open);
                    return;
                } catch (GatewayException e) {
                    if (e.status() != NOT_KNOWN_YET || left <= 0) {
                        throw e;
                    }
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        }
    }
}
