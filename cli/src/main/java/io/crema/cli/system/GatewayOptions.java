package io.crema.cli.system;

import io.crema.edge.gateway.HandIn;
import io.crema.edge.gateway.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The gateway that machines hear from. */
public final class GatewayOptions {
    @Option(names = "--gateway", description = "The gateway's https address.")
    private @Nullable URI gateway;

    @Option(names = "--gateway-servers", description = "PEM: its certificate, or who vouches for it.")
    private @Nullable Path servers;

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
