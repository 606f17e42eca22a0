package io.crema.ingest.gateway;

import io.crema.contracts.crypto.SelfSigned;
import io.crema.contracts.typed.Domains;
import io.crema.ingest.gateway.http.GatewayServer;
import io.crema.ingest.gateway.log.Following;
import io.crema.ingest.gateway.log.LogFollower;
import io.crema.ingest.gateway.log.LogWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway as a service. All that it knows is in the log: it may be killed at any moment, and several may run side by
 * side for up- and downlink. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final Duration TRIAL_VALIDITY = Duration.ofDays(365);

    private final LogWriter writer;
    private final LogFollower follower;
    private final GatewayServer server;
    private final Following following = new Following();

    /**
     * Listens when it returns, and serves as soon as the log is read.
     *
     * @throws IllegalArgumentException when certificate or key do not serve
     */
    public Gateway(GatewayConfig config, String bootstrapServers, Domains domains, InstantSource clock) {
        if (config.trial()) {
            makeCertificate(config, clock);
        }
        var tls = GatewayServer.tls(text(config.certificate()), text(config.key()));
        writer = new LogWriter(bootstrapServers);
        server = new GatewayServer(config.host(), config.port(), tls, domains, following, writer, clock);
        follower = new LogFollower(bootstrapServers, domains.payment().verifyingContract(), following);
        try {
            server.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        log.info("gateway listens host={} port={}", config.host(), server.port());
    }

    public int port() {
        return server.port();
    }

    /** Whether the log was read to its end once. */
    public boolean ready() {
        return following.book().isPresent();
    }

    @Override
    public void close() {
        server.close();
        follower.close();
        writer.close();
    }

    private static void makeCertificate(GatewayConfig config, InstantSource clock) {
        if (Files.exists(config.certificate()) && Files.exists(config.key())) {
            return;
        }
        var random = new SecureRandom();
        var keys = SelfSigned.keys(random);
        var now = clock.instant();
        var certificate = SelfSigned.certificate(
                keys,
                "Crema gateway, for trial",
                List.of("localhost", "127.0.0.1", "::1"),
                now.minus(Duration.ofDays(1)),
                now.plus(TRIAL_VALIDITY),
                random);
        try {
            Files.createDirectories(config.key().toAbsolutePath().getParent());
            Files.deleteIfExists(config.key());
            Files.createFile(
                    config.key(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(config.key(), SelfSigned.pem(keys.getPrivate()));
            Files.writeString(config.certificate(), SelfSigned.pem(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the gateway's certificate to " + config.certificate(), e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the gateway cannot read " + file, e);
        }
    }
}
