package io.crema.edge.gateway;

import io.crema.contracts.value.Hex;
import io.crema.edge.publish.LogPort;
import io.crema.edge.publish.Parcel;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.CloudEvents;
import io.crema.schemas.wire.RecordCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The log behind the gateway: parcels go as a batch of CloudEvents (JSON batch format), and the answer comes when Kafka has
 * them all durably. For each topic one request is under way, so nothing overtakes; when one fails, all that waits behind it
 * fails with it, and whoever sent it begins anew from there. After a refusal parcels go one by one for a while, so that one
 * that is refused never holds up those before it. Thread-safe.
 */
public final class GatewayLog implements LogPort, AutoCloseable {
    private static final String CONTENT_TYPE = "application/cloudevents-batch+json";
    private static final int MOST_PARCELS = 16;
    private static final int MOST_BYTES = 512 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final GatewayClient gateway;
    private final Map<Topic, Lane> lanes = new EnumMap<>(Topic.class);

    private record Waiting(Parcel parcel, String source, byte[] value, CompletableFuture<Topic> done) {}

    /** @param gateway stays the caller's to close */
    public GatewayLog(GatewayClient gateway) {
        this.gateway = gateway;
    }

    @Override
    public CompletionStage<?> send(Parcel parcel, String source) {
        var value = RecordCodec.perThread().encode(parcel.topic(), parcel.record());
        var waiting = new Waiting(parcel, source, value, new CompletableFuture<>());
        Lane lane;
        synchronized (lanes) {
            lane = lanes.computeIfAbsent(parcel.topic(), _ -> new Lane());
        }
        lane.add(waiting);
        return waiting.done();
    }

    /** What is under way fails, and is sent again after the next start. */
    @Override
    public void close() {
        List<Lane> all;
        synchronized (lanes) {
            all = List.copyOf(lanes.values());
        }
        all.forEach(Lane::close);
    }

    /** One topic's parcels, in order. */
    private final class Lane {
        private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
        private boolean busy;
        private int alone;
        private boolean closed;

        void add(Waiting waiting) {
            synchronized (this) {
                queue.addLast(waiting);
            }
            sendNext();
        }

        void close() {
            List<Waiting> left;
            synchronized (this) {
                closed = true;
                left = List.copyOf(queue);
                queue.clear();
            }
            left.forEach(it -> it.done().completeExceptionally(new IOException("the way to the gateway is closed")));
        }

        private void sendNext() {
            List<Waiting> batch;
            synchronized (this) {
                if (busy || closed || queue.isEmpty()) {
                    return;
                }
                busy = true;
                batch = take();
            }
            try {
                var _ = gateway.post("/v1/events", CONTENT_TYPE, body(batch), LIMIT)
                        .whenComplete((_, failure) -> answered(batch, failure));
            } catch (IOException | RuntimeException e) {
                answered(batch, e);
            }
        }

        private List<Waiting> take() {
            var batch = new ArrayList<Waiting>();
            var bytes = 0;
            var most = alone > 0 ? 1 : MOST_PARCELS;
            while (!queue.isEmpty() && batch.size() < most) {
                bytes += queue.getFirst().value().length;
                if (!batch.isEmpty() && bytes > MOST_BYTES) {
                    break;
                }
                batch.add(queue.removeFirst());
            }
            return batch;
        }

        private void answered(List<Waiting> batch, @Nullable Throwable failure) {
            var lost = new ArrayList<Waiting>();
            synchronized (this) {
                busy = false;
                alone = isRefusal(failure) ? MOST_PARCELS : Math.max(0, alone - 1);
                if (failure != null) {
                    lost.addAll(batch);
                    lost.addAll(queue);
                    queue.clear();
                }
            }
            if (failure == null) {
                batch.forEach(it -> it.done().complete(it.parcel().topic()));
            } else {
                lost.forEach(it -> it.done().completeExceptionally(failure));
            }
            sendNext();
        }
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof GatewayException refused && refused.status() / 100 == 4 && refused.status() != 429;
    }

    private static byte[] body(List<Waiting> batch) throws IOException {
        var events = GatewayClient.JSON.createArrayNode();
        for (var waiting : batch) {
            var parcel = waiting.parcel();
            events.addObject()
                    .put("specversion", "1.0")
                    .put("id", parcel.id())
                    .put("source", waiting.source())
                    .put("type", parcel.record().getSchema().getFullName())
                    .put("subject", Hex.encode(parcel.key()))
                    .put("time", parcel.time().toString())
                    .put("datacontenttype", CloudEvents.CONTENT_TYPE)
                    .put("data_base64", Base64.getEncoder().encodeToString(waiting.value()));
        }
        return GatewayClient.JSON.writeValueAsBytes(events);
    }
}
