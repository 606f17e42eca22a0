package io.crema.schemas.wire;

import io.crema.contracts.value.Hex;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** CloudEvents 1.0 attributes in binary mode: Kafka headers named {@code ce_…} (CloudEvents Kafka protocol binding). */
public final class CloudEvents {
    public static final String CONTENT_TYPE = "application/vnd.apache.avro";

    private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    private static final Header CONTENT = header("content-type", CONTENT_TYPE);

    private CloudEvents() {}

    /**
     * The headers of one event.
     *
     * @param id unique within the source; the same for a repeat of the same event
     * @param source the service, such as /streams/balances
     * @param subject the raw key
     */
    public static Headers headers(SpecificRecord record, String id, String source, byte[] subject, Instant time) {
        var headers = new RecordHeaders();
        headers.add(SPEC_VERSION);
        add(headers, "ce_id", id);
        add(headers, "ce_source", source);
        add(headers, "ce_type", record.getSchema().getFullName());
        add(headers, "ce_subject", Hex.encode(subject));
        add(headers, "ce_time", time.toString());
        headers.add(CONTENT);
        return headers;
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(header(name, value));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
