package io.crema.cli.system;

import io.crema.edge.EdgeConfig;
import io.crema.edge.EdgeService;
import io.crema.edge.EdgeStatus;
import io.crema.ingest.IngestConfig;
import io.crema.ingest.IngestService;
import io.crema.ingest.IngestStatus;
import io.crema.ingest.gateway.GatewayConfig;
import io.crema.projections.ProjectionsConfig;
import io.crema.projections.ProjectionsService;
import io.crema.settlement.SettlementConfig;
import io.crema.settlement.SettlementService;
import io.crema.settlement.SettlementStatus;
import io.crema.streams.StreamsConfig;
import io.crema.streams.StreamsService;
import io.crema.streams.StreamsStatus;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Makes services from their environment variables. */
public final class Services {
    private Services() {}

    /** @throws IllegalArgumentException naming all variables that are missing or wrong */
    public static RunningService create(ServiceName name, Map<String, String> environment) {
        return switch (name) {
            case INGEST -> {
                var service = new IngestService(
                        IngestConfig.fromEnvironment(environment), GatewayConfig.fromEnvironment(environment));
                yield running(
                        service::start,
                        () -> service.status().sentence(),
                        () -> service.status().state() == IngestStatus.State.FOLLOWING,
                        service);
            }
            case STREAMS -> {
                var service = new StreamsService(StreamsConfig.fromEnvironment(environment));
                var running = running(
                        service::start,
                        () -> service.status().sentence(),
                        () -> service.status().state() == StreamsStatus.State.RUNNING,
                        service);
                yield MetricsPage.beside(running, service::metrics, environment);
            }
            case SETTLEMENT -> {
                var service = new SettlementService(SettlementConfig.fromEnvironment(environment));
                yield running(
                        service::start,
                        () -> service.status().sentence(),
                        () -> service.status().state() == SettlementStatus.State.RUNNING,
                        service);
            }
            case PROJECTIONS -> {
                var service = new ProjectionsService(ProjectionsConfig.fromEnvironment(environment));
                yield running(
                        service::start,
                        () -> service.status().sentence(),
                        () -> service.status().state() == ProjectionsService.State.UP,
                        service);
            }
            case EDGE -> {
                var service = new EdgeService(EdgeConfig.fromEnvironment(environment));
                yield running(
                        service::start,
                        () -> service.status().sentence(),
                        () -> service.status().state() == EdgeStatus.State.RUNNING,
                        service);
            }
        };
    }

    private static RunningService running(
            Runnable start, Supplier<String> status, BooleanSupplier ready, AutoCloseable service) {
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
            public boolean isReady() {
                return ready.getAsBoolean();
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
