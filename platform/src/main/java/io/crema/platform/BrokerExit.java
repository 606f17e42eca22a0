package io.crema.platform;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a broker that wants to end its process (its directory cannot be written, for example) from ending all else that
 * runs in this JVM: the wish becomes a fault of the brokers here, and ends only the thread that had it. Thread-safe.
 */
final class BrokerExit {
    private static final Logger log = LoggerFactory.getLogger(BrokerExit.class);
    private static final Set<EmbeddedBroker> BROKERS = ConcurrentHashMap.newKeySet();

    static {
        Exit.setExitProcedure(BrokerExit::refuse);
        Exit.setHaltProcedure(BrokerExit::refuse);
    }

    private BrokerExit() {}

    static void watch(EmbeddedBroker broker) {
        BROKERS.add(broker);
    }

    static void forget(EmbeddedBroker broker) {
        BROKERS.remove(broker);
    }

    private static void refuse(int status, @Nullable String message) {
        var wish = new PlatformException("A Kafka broker wants to end its process with status " + status
                + (message == null ? "" : ": " + message)
                + ". See the log above for its reason; often its data directory is gone, full or read-only.");
        log.error("broker fault fatal=true", wish);
        BROKERS.forEach(broker -> broker.failed(wish));
        throw wish;
    }
}
