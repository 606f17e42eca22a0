package io.crema.cli.system;

import io.crema.edge.EdgeConfig;
import io.crema.edge.EdgeService;
import io.crema.ingest.IngestConfig;
import io.crema.ingest.IngestService;
import io.crema.projections.ProjectionsConfig;
import io.crema.projections.ProjectionsService;
import io.crema.settlement.SettlementConfig;
import io.crema.settlement.SettlementService;
import io.crema.streams.StreamsConfig;
import io.crema.streams.StreamsService;
import java.util.Map;
import java.util.function.Supplier;

/** Makes services from their environment variables. */
public final class Services {
    private Services() {}

    /** @throws IllegalArgumentException naming all variables that are missing or wrong */
    public static RunningService create(ServiceName name, Map<String, String> environment) {
        return switch (name) {
            case INGEST -> {
                var service = new IngestService(IngestConfig.fromEnvironment(environment));
                yield running(service::start, () -> service.status().toString(), service);
            }
            case STREAMS -> {
                var service = new StreamsService(StreamsConfig.fromEnvironment(environment));
                yield running(service::start, () -> service.status().toString(), service);
            }
            case SETTLEMENT -> {
                var service = new SettlementService(SettlementConfig.fromEnvironment(environment));
                yield running(service::start, () -> service.status().toString(), service);
            }
            case PROJECTIONS -> {
                var service = new ProjectionsService(ProjectionsConfig.fromEnvironment(environment));
                yield running(service::start, () -> service.status().toString(), service);
            }
            case EDGE -> {
                var service = new EdgeService(EdgeConfig.fromEnvironment(environment));
                yield running(service::start, () -> service.status().toString(), service);
            }
        };
    }

    private static RunningService running(Runnable start, Supplier<String> status, AutoCloseable service) {
        return new RunningService() {
            @Override
            public void start() {
                start.run();
            }

            @Override
            public String status() {
                return status.get();
            }

            @Override
            public void close() {
                try {
                    service.close();
                } catch (Exception e) {
                    throw new IllegalStateException("a service did not stop: " + e.getMessage(), e);
                }
            }
        };
    }
}
