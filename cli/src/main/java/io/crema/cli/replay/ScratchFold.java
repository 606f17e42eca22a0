package io.crema.cli.replay;

import static org.apache.kafka.streams.StreamsConfig.APPLICATION_ID_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.STATE_DIR_CONFIG;

import io.crema.contracts.value.ChannelId;
import io.crema.events.ChannelBalance;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.streams.channels.BalancesSettings;
import io.crema.streams.channels.BalancesTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * The balances' topology in this process, on stores in a temporary folder, without a broker: what it publishes stays
 * here. Its wall clock stands still, so it decides on no redemption that the log does not tell. Not thread-safe.
 */
final class ScratchFold implements AutoCloseable {
    static final List<Topic> INPUTS = List.of(
            Topic.CHAIN_CHANNELS, Topic.CHAIN_PARTIES, Topic.EDGE_RECEIPTS, Topic.OUTCOMES, Topic.CHANNEL_COMMANDS);

    private static final List<Topic> OTHER_OUTPUTS = List.of(Topic.RECEIPTS, Topic.INTENTS, Topic.QUARANTINE);

    private final Path folder;
    private final TopologyTestDriver driver;
    private final Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Topic.class);
    private final TestOutputTopic<byte[], byte[]> balances;
    private final List<TestOutputTopic<byte[], byte[]>> others;
    private final Map<ChannelId, ChannelBalance> rows = new TreeMap<>();

    /** @param settings as the deployment's, but of one partition */
    ScratchFold(BalancesSettings settings) {
        try {
            folder = Files.createTempDirectory("crema-replay-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the replay's state", e);
        }
        var properties = new Properties();
        properties.put(APPLICATION_ID_CONFIG, "replay");
        properties.put(BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(BalancesTopology.of(settings), properties, Instant.EPOCH);
        var serializer = new ByteArraySerializer();
        var deserializer = new ByteArrayDeserializer();
        INPUTS.forEach(topic -> inputs.put(topic, driver.createInputTopic(topic.topicName(), serializer, serializer)));
        balances = driver.createOutputTopic(Topic.BALANCES.topicName(), deserializer, deserializer);
        others = OTHER_OUTPUTS.stream()
                .map(topic -> driver.createOutputTopic(topic.topicName(), deserializer, deserializer))
                .toList();
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        var input = Topic.named(record.topic()).map(inputs::get);
        if (input.isEmpty()) {
            return;
        }
        input.get().pipeInput(record.key(), record.value(), Instant.ofEpochMilli(record.timestamp()));
        others.forEach(TestOutputTopic::readRecordsToList);
        for (var row : balances.readRecordsToList()) {
            var balance = RecordCodec.perThread().decode(row.value(), ChannelBalance.class);
            rows.put(Convert.channel(balance.getChannel()), balance);
        }
    }

    /** The newest of each channel. */
    Map<ChannelId, ChannelBalance> rows() {
        return rows;
    }

    @Override
    public void close() {
        driver.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the replay's folder %s cannot be removed".formatted(folder), e);
        }
    }
}
