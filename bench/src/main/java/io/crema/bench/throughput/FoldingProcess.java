package io.crema.bench.throughput;

import io.crema.streams.ApplicationSettings;
import io.crema.streams.StreamsConfig;
import io.crema.streams.channels.BalancesSettings;
import io.crema.streams.channels.BalancesTopology;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** One topology as a process of its own, with the settings that the service ships with. */
public final class FoldingProcess {
    static final String READY = "FOLDING";
    private static final Duration CLOSING = Duration.ofSeconds(7);

    private FoldingProcess() {}

    /** @param args kind, application, Kafka's address, state directory; for the plain one also its input and sizes */
    public static void main(String[] args) {
        var kind = Kind.valueOf(args[0]);
        var provider = Fleet.PAYMENT.verifyingContract().hex();
        var config = StreamsConfig.fromEnvironment(Map.of(
                "CREMA_BOOTSTRAP_SERVERS",
                args[2],
                "CREMA_DATA_DIR",
                args[3],
                "CREMA_CHAIN_ID",
                Long.toString(Fleet.PAYMENT.chainId()),
                "CREMA_PAYMENT_PROVIDER",
                provider,
                "CREMA_MAINTENANCE_PROVIDER",
                provider));
        var topology = kind.isPlain() ? plain(args) : balances(config, kind == Kind.EACH);
        var streams = new KafkaStreams(topology, ApplicationSettings.of(args[1], config, config.threads()));
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                System.out.println(READY);
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(CLOSING), "closing"));
        streams.start();
    }

    private static Topology balances(StreamsConfig config, boolean each) {
        return BalancesTopology.of(new BalancesSettings(
                config.partitions(),
                config.payment(),
                config.policy(),
                config.mostWaitingPerMachine(),
                Duration.ofSeconds(1),
                each));
    }

    private static Topology plain(String[] args) {
        var sizes = new Sizes(Integer.parseInt(args[5]), Integer.parseInt(args[6]), Integer.parseInt(args[7]));
        return PlainAggregate.topology(args[4], sizes, Integer.parseInt(args[8]));
    }
}
