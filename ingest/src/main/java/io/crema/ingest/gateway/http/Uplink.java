package io.crema.ingest.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.crema.contracts.value.MachineId;
import io.crema.events.MachineClaimed;
import io.crema.events.ReceiptRun;
import io.crema.events.TelemetryBatchRecord;
import io.crema.ingest.gateway.log.LogWriter.Entry;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Checks a batch of a machine's CloudEvents and turns it into records for the log, with the keys and headers that they have
 * when the machine sends them itself. What is in them is judged by streams, as for everyone. Stateless.
 */
final class Uplink {
    static final String CONTENT_TYPE = "application/cloudevents-batch+json";
    static final int MOST_BYTES = 2 * 1024 * 1024;
    private static final int MOST_EVENTS = 64;

    private Uplink() {}

    /** @throws Problem naming the first event that is wrong; then none of them is taken */
    static List<Entry> entries(byte[] body, MachineClaimed sender) {
        JsonNode events;
        try {
            events = Fields.JSON.readTree(body);
        } catch (IOException e) {
            throw Problem.wrong("the body is no JSON: " + e.getMessage());
        }
        if (events == null || !events.isArray() || events.isEmpty() || events.size() > MOST_EVENTS) {
            throw Problem.wrong("the body has to be an array of 1 to %d CloudEvents".formatted(MOST_EVENTS));
        }
        List<Entry> entries = new ArrayList<>(events.size());
        for (var i = 0; i < events.size(); i++) {
            try {
                entries.add(entry(new Fields(events.get(i)), sender));
            } catch (Problem e) {
                throw e.status() == 400 ? Problem.wrong("event %d: %s".formatted(i, e.detail())) : e;
            }
        }
        return entries;
    }

    private static Entry entry(Fields event, MachineClaimed sender) {
        var value = event.parsed("data_base64", text -> Base64.getDecoder().decode(text));
        if (value.length > ReceiptRuns.MOST_BYTES) {
            throw Problem.tooLarge(
                    "an event has %d bytes, at most %d are taken".formatted(value.length, ReceiptRuns.MOST_BYTES));
        }
        var id = event.text("id");
        if (!id.matches("[\\x21-\\x7e]{1,200}")) {
            throw Problem.wrong("id has to have 1 to 200 visible ASCII characters");
        }
        var source = "/edge/" + sender.getSerialNumber();
        var time = time(event.text("time"));
        try {
            var record = RecordCodec.perThread().decode(value);
            if (!record.getSchema().getFullName().equals(event.text("type"))) {
                throw Problem.wrong("type is %s, but the data is a %s"
                        .formatted(event.text("type"), record.getSchema().getFullName()));
            }
            return switch (record) {
                case ReceiptRun run ->
                    new Entry(Topic.EDGE_RECEIPTS, run.getChannel().bytes(), run, value, id, source, time);
                case TelemetryBatchRecord batch -> {
                    var machine = Convert.machine(batch.getMachine());
                    if (!batch.getMachine().equals(sender.getMachine())) {
                        throw Problem.stranger("this certificate is machine %s's, the telemetry is machine %s's"
                                .formatted(Convert.machine(sender.getMachine()), machine));
                    }
                    yield new Entry(Topic.EDGE_TELEMETRY, machine.bytes(), batch, value, id, source, time);
                }
                default ->
                    throw Problem.wrong("machines send ReceiptRun and TelemetryBatchRecord, this is a "
                            + record.getSchema().getName());
            };
        } catch (RecordFormatException e) {
            throw Problem.wrong("data_base64 is no record: " + e.getMessage());
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Problem.wrong("time is no ISO 8601 instant such as 2026-01-01T00:00:00Z");
        }
    }

    /** The id in a path. */
    static MachineId machine(String text) {
        try {
            return MachineId.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw Problem.wrong(String.valueOf(e.getMessage()));
        }
    }
}
