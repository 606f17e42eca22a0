package io.crema.streams;

import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How one of several instances of the service takes its part. Immutable.
 *
 * @param name the same at each start of this instance, and no other's: the group keeps its tasks for it while it is away
 *     for less than the session timeout. Empty: a new member at each start
 * @param standbys on how many other instances a copy of each store is kept ready
 * @param sessionTimeout after how long of silence the others take its tasks over
 */
public record Instance(Optional<String> name, int standbys, Duration sessionTimeout) {
    /** One copy beside the one in use, where a second instance can hold it. */
    public static final int DEFAULT_STANDBYS = 1;

    /** What brokers allow without being told otherwise. */
    public static final Duration DEFAULT_SESSION = Duration.ofSeconds(6);

    /** Without a name of its own. */
    public static final Instance UNNAMED = new Instance(Optional.empty(), DEFAULT_STANDBYS, DEFAULT_SESSION);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
    private static final int BEATS_PER_SESSION = 6;

    public Instance {
        if (name.filter(given -> !isName(given)).isPresent()) {
            throw new IllegalArgumentException(
                    "the instance's name is %s, expected 1 to 100 letters, digits, dots, dashes or underlines"
                            .formatted(name.get()));
        }
        if (standbys < 0 || !sessionTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "an instance has 0 or more standbys and a session of more than nothing, got %d and %s"
                            .formatted(standbys, sessionTimeout));
        }
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    void applyTo(Properties properties) {
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
        var session = Math.toIntExact(sessionTimeout.toMillis());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), session / BEATS_PER_SESSION);
        // Streams adds the thread's number.
        name.ifPresent(given ->
                properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), given));
    }

    /** An instance with a name comes back; of one without a name nobody would know the next start. */
    GroupMembershipOperation atClose() {
        return name.isPresent() ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP;
    }
}
