package io.crema.cli.audit;

import io.crema.contracts.typed.Domain;
import io.crema.ingest.IngestConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Which log and which chain are audited. Immutable.
 *
 * @param payment PaymentProvider's domain
 * @param rpcUrls the chain's nodes; the first that answers is asked
 */
public record AuditConfig(String bootstrapServers, Domain payment, List<URI> rpcUrls) {
    public AuditConfig {
        rpcUrls = List.copyOf(rpcUrls);
    }

    /**
     * From the variables that ingest takes.
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public static AuditConfig fromEnvironment(Map<String, String> environment) {
        var ingest = IngestConfig.fromEnvironment(environment);
        return new AuditConfig(
                ingest.bootstrapServers(), new Domain(ingest.chainId(), ingest.paymentProvider()), ingest.rpcUrls());
    }
}
