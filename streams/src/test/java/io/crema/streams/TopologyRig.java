package io.crema.streams;

import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A topology under test, on one partition, with a clock that the test moves. */
public final class TopologyRig implements AutoCloseable {
    private final TopologyTestDriver driver;
    private Instant now = Instant.ofEpochSecond(Sales.NOON);

    public TopologyRig(Topology topology, Path dir) {
        var properties = new Properties();
        properties.put("application.id", "rig");
        properties.put("bootstrap.servers", "nowhere:1");
        properties.put("state.dir", dir.toString());
        driver = new TopologyTestDriver(topology, properties, now);
    }

    public void pipe(Topic topic, byte[] key, SpecificRecord value) {
        pipeBytes(topic, key, RecordCodec.perThread().encode(topic, value));
    }

    public void pipeBytes(Topic topic, byte @Nullable [] key, byte @Nullable [] value) {
        driver.createInputTopic(topic.topicName(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, now));
    }

    public void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** What the topic got since the last call, of one type. */
    public <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
        return records(topic).stream()
                .map(record -> RecordCodec.perThread().decode(record.value()))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public List<TestRecord<byte[], byte[]>> records(Topic topic) {
        return driver.createOutputTopic(topic.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** A store of bytes, by its name. */
    public KeyValueStore<byte[], byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    @Override
    public void close() {
        driver.close();
    }
}
