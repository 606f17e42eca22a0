package io.crema.cli.system;

import io.crema.chain.deploy.Contracts;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The configuration of all services of one system, as environment variables carry it. */
public final class Environment {
    private final Map<String, String> variables = new TreeMap<>();

    public Environment kafka(String bootstrapServers, int partitions) {
        variables.put("CREMA_BOOTSTRAP_SERVERS", bootstrapServers);
        variables.put("CREMA_PARTITIONS", Integer.toString(partitions));
        return this;
    }

    public Environment chain(String rpcUrl, Contracts contracts, int confirmations) {
        variables.put("CREMA_RPC_URLS", rpcUrl);
        variables.put("CREMA_CHAIN_ID", Long.toString(contracts.chainId()));
        variables.put("CREMA_TOKEN", contracts.token().hex());
        variables.put("CREMA_IDENTITY_PROVIDER", contracts.identityProvider().hex());
        variables.put("CREMA_PAYMENT_PROVIDER", contracts.paymentProvider().hex());
        variables.put("CREMA_RENTAL_PROVIDER", contracts.rentalProvider().hex());
        variables.put(
                "CREMA_MAINTENANCE_PROVIDER", contracts.maintenanceProvider().hex());
        variables.put("CREMA_SUPPLY_PROVIDER", contracts.supplyProvider().hex());
        variables.put("CREMA_DEPLOYMENT_BLOCK", Long.toString(contracts.deploymentBlock()));
        variables.put("CREMA_CONFIRMATIONS", Integer.toString(confirmations));
        return this;
    }

    public Environment set(String name, Object value) {
        variables.put(name, value.toString());
        return this;
    }

    /** What all services share. */
    public Map<String, String> shared() {
        return Collections.unmodifiableMap(new TreeMap<>(variables));
    }

    /** The variables of one service, which keeps its state in {@code dataDir/<service>}. */
    public Map<String, String> of(ServiceName service, Path dataDir) {
        var own = new TreeMap<>(variables);
        own.put("CREMA_DATA_DIR", dataDir.resolve(service.text()).toString());
        return Collections.unmodifiableMap(own);
    }
}
