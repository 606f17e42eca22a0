package io.crema.edge;

import io.crema.contracts.value.MachineId;
import io.crema.edge.gateway.DownlinkPort;
import io.crema.edge.gateway.GatewayClient;
import io.crema.edge.gateway.GatewayDownlink;
import io.crema.edge.gateway.GatewayLog;
import io.crema.edge.gateway.TlsIdentity;
import io.crema.edge.kafka.KafkaAccess;
import io.crema.edge.kafka.KafkaAccess.Security;
import io.crema.edge.kafka.KafkaLog;
import io.crema.edge.publish.LogPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A machine's open links to the outside. Opening calls nobody: whoever is away may come later. Thread-safe. */
public final class Links implements AutoCloseable {
    private final @Nullable GatewayClient gateway;
    private final @Nullable KafkaLog kafka;
    private final @Nullable GatewayLog gatewayLog;

    private Links(@Nullable GatewayClient gateway, @Nullable KafkaLog kafka) {
        this.gateway = gateway;
        this.kafka = kafka;
        this.gatewayLog = gateway != null && kafka == null ? new GatewayLog(gateway) : null;
    }

    /** With keys that are not encrypted. */
    public static Links open(LinkConfig config) {
        return open(config, Links::text);
    }

    /**
     * @param read a file's text; whoever keeps keys encrypted decrypts them here
     * @throws IllegalArgumentException when a file does not hold what it should
     */
    public static Links open(LinkConfig config, Function<Path, String> read) {
        var gateway = config.gateway()
                .map(it -> new GatewayClient(
                        it.address(),
                        TlsIdentity.fromPem(read.apply(it.certificate()), read.apply(it.key())),
                        TlsIdentity.certificates(read.apply(it.servers()))))
                .orElse(null);
        try {
            return new Links(
                    gateway,
                    config.kafka()
                            .map(it -> new KafkaLog(new KafkaAccess(it.bootstrapServers(), security(it, read))))
                            .orElse(null));
        } catch (RuntimeException e) {
            if (gateway != null) {
                gateway.close();
            }
            throw e;
        }
    }

    private static Security security(LinkConfig.Kafka kafka, Function<Path, String> read) {
        if (kafka.certificate().isPresent()) {
            var it = kafka.certificate().get();
            return new Security.MutualTls(
                    read.apply(it.certificate()), read.apply(it.key()), read.apply(it.authorities()));
        }
        if (kafka.password().isPresent()) {
            var it = kafka.password().get();
            var password = read.apply(it.passwordFile()).lines().findFirst().orElse("");
            if (password.isBlank()) {
                throw new IllegalArgumentException(
                        it.passwordFile() + " is empty; write the password in its first line");
            }
            return new Security.Scram(it.user(), password.strip(), read.apply(it.authorities()));
        }
        return new Security.None();
    }

    /** The way out. */
    public LogPort log() {
        if (kafka != null) {
            return kafka;
        }
        if (gatewayLog != null) {
            return gatewayLog;
        }
        throw new IllegalStateException("a link configuration has Kafka or a gateway");
    }

    /** Where facts come from; empty without a gateway. */
    public Optional<DownlinkPort> downlink(MachineId machine) {
        return Optional.ofNullable(gateway).map(it -> new GatewayDownlink(it, machine));
    }

    @Override
    public void close() {
        if (gatewayLog != null) {
            gatewayLog.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
