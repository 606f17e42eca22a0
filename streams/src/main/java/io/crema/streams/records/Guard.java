package io.crema.streams.records;

import io.crema.schemas.wire.RecordFormatException;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a record that its processor fails at from stopping the partition. A failure is thrown on, so that the transaction
 * is aborted and nothing of a half-done record stays; when the same record has failed {@value Setbacks#ATTEMPTS} times,
 * it goes to quarantine before its processor sees it. Kafka's own failures, and stores that cannot be read, are not the
 * record's fault and stop the partition until they are mended.
 */
final class Guard implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger log = LoggerFactory.getLogger(Guard.class);

    private final Processor<byte[], byte[], byte[], byte[]> inner;
    private final String source;
    private final String quarantine;
    private final Setbacks setbacks;

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private Outbound out;

    /**
     * @param source the service as CloudEvents names it
     * @param quarantine the sink's name
     */
    Guard(Processor<byte[], byte[], byte[], byte[]> inner, String source, String quarantine, Setbacks setbacks) {
        this.inner = inner;
        this.source = source;
        this.quarantine = quarantine;
        this.setbacks = setbacks;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        out = new Outbound(processorContext, source, quarantine);
        inner.init(processorContext);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var origin = context.recordMetadata().orElseThrow();
        var why = setbacks.whyGivenUp(origin);
        if (why.isPresent()) {
            log.error("record={} is given up and goes to quarantine: {}", Setbacks.name(origin), why.get());
            var time = Instant.ofEpochMilli(record.timestamp());
            out.quarantine(record.key(), record.value(), origin, time, "UNPROCESSABLE", why.get());
            return;
        }
        try {
            inner.process(record);
        } catch (KafkaException | RecordFormatException e) {
            throw e;
        } catch (RuntimeException e) {
            setbacks.add(origin, e);
            throw e;
        }
    }

    @Override
    public void close() {
        inner.close();
    }
}
