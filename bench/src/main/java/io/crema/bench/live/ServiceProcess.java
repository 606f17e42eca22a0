package io.crema.bench.live;

import io.crema.bench.throughput.Fleet;
import io.crema.projections.ProjectionsConfig;
import io.crema.projections.ProjectionsService;
import io.crema.schemas.topic.Topic;
import io.crema.streams.ApplicationSettings;
import io.crema.streams.StreamsConfig;
import io.crema.streams.StreamsService;
import io.crema.streams.StreamsStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * One service as a process of its own, configured by its environment as it ships. It prints {@link #READY} when it
 * serves.
 */
public final class ServiceProcess {
    static final String READY = "READY ";

    /** Where the baseline passes receipts to. */
    static final String PASSED = "bench.passed.v1";

    private ServiceProcess() {}

    /** @param args streams, projections or pass-through */
    public static void main(String[] args) {
        var environment = new HashMap<>(System.getenv());
        environment.put("CREMA_CHAIN_ID", Long.toString(Fleet.PAYMENT.chainId()));
        var provider = Fleet.PAYMENT.verifyingContract().hex();
        environment.put("CREMA_PAYMENT_PROVIDER", provider);
        environment.put("CREMA_MAINTENANCE_PROVIDER", provider);
        switch (args[0]) {
            case "streams" -> streams(environment);
            case "projections" -> projections(environment);
            case "pass-through" -> passThrough(StreamsConfig.fromEnvironment(environment));
            default -> throw new IllegalArgumentException("no service is called " + args[0]);
        }
    }

    private static void streams(Map<String, String> environment) {
        var service = new StreamsService(StreamsConfig.fromEnvironment(environment));
        closeAtEnd(service::close);
        service.start();
        while (service.status().state() != StreamsStatus.State.RUNNING) {
            LockSupport.parkNanos(20_000_000);
        }
        System.out.println(READY);
        awaitEnd();
    }

    private static void projections(Map<String, String> environment) {
        var service = new ProjectionsService(ProjectionsConfig.fromEnvironment(environment));
        closeAtEnd(service::close);
        service.start();
        System.out.println(READY + service.port());
        awaitEnd();
    }

    /** The same settings, each record as it comes. */
    private static void passThrough(StreamsConfig config) {
        var streams =
                new KafkaStreams(passing(), ApplicationSettings.of("bench-pass-through", config, config.threads()));
        closeAtEnd(streams::close);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                System.out.println(READY);
            }
        });
        streams.start();
        awaitEnd();
    }

    static Topology passing() {
        var builder = new StreamsBuilder();
        var bytes = Serdes.ByteArray();
        builder.stream(
                        Topic.EDGE_RECEIPTS.topicName(),
                        Consumed.with(bytes, bytes).withName("receipts"))
                .to(PASSED, Produced.with(bytes, bytes).withName("passed"));
        return builder.build();
    }

    private static void closeAtEnd(Runnable close) {
        Runtime.getRuntime().addShutdownHook(new Thread(close, "closing"));
    }

    private static void awaitEnd() {
        while (true) {
            LockSupport.park();
        }
    }
}
