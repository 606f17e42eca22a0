package io.crema.streams.machines;

import io.crema.contracts.settlement.Effects;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.RequestId;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.RequestService;
import io.crema.events.ServiceRequestOpened;
import io.crema.events.ServiceState;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.streams.records.DueIndex;
import io.crema.streams.records.Inbound;
import io.crema.streams.records.Outbound;
import io.crema.streams.redemption.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps one intent at a time for each service request: the next only after the one before has failed. */
final class RequestProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final int MOST_DUE_AT_ONCE = 1_000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final int partitions;
    private final Domain maintenance;
    private final Backoff retry;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<byte[], ServiceState> requests;

    @SuppressWarnings("NullAway.Init")
    private DueIndex due;

    @SuppressWarnings("NullAway.Init")
    private Outbound out;

    RequestProcessor(int partitions, Domain maintenance, Backoff retry) {
        this.partitions = partitions;
        this.maintenance = maintenance;
        this.retry = retry;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        requests = context.getStateStore(MachinesTopology.REQUESTS);
        due = new DueIndex(context.getStateStore(MachinesTopology.DUE));
        out = new Outbound(context, MachinesTopology.SOURCE, MachinesTopology.REQUESTS_REFUSED);
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var origin = context().recordMetadata().orElseThrow();
        var topic = Topic.named(origin.topic()).orElseThrow();
        var time = Instant.ofEpochMilli(record.timestamp());
        switch (Inbound.read(topic, record.key(), record.value(), origin.partition(), partitions)) {
            case Inbound.Good(ServiceRequestOpened opened) -> {
                if (requests.get(record.key()) == null) {
                    attempt(record.key(), opened, 1, time);
                }
            }
            case Inbound.Good(Outcome outcome) -> ended(record.key(), outcome, time);
            case Inbound.Good good -> {
                // Nothing else is asked for here.
            }
            case Inbound.Bad bad -> {
                // A bad outcome is quarantined by the balances topology.
                if (topic == Topic.SERVICE_REQUESTS) {
                    out.quarantine(record.key(), record.value(), origin, time, bad.reason(), bad.detail());
                }
            }
        }
    }

    private void attempt(byte[] key, ServiceRequestOpened opened, int attempt, Instant now) {
        var request = new RequestId(Convert.hash(opened.getRequest()));
        var fault = Convert.hash(opened.getFault());
        var effect = Effects.requestService(maintenance.chainId(), maintenance.verifyingContract(), request, fault);
        var intent = Effects.intent(effect, attempt);
        requests.put(key, new ServiceState(opened, attempt, Convert.bytes32(intent), true, null));
        var command = new RequestService(
                Convert.bytes32(intent),
                Convert.bytes32(effect),
                attempt,
                opened.getRequest(),
                opened.getMachine(),
                opened.getFault(),
                opened.getEvidence(),
                true,
                now,
                null);
        out.send(Topic.INTENTS, key, command, intent.hex(), now);
    }

    private void ended(byte[] key, Outcome outcome, Instant time) {
        var state = requests.get(key);
        if (state == null || !state.getOpen() || !state.getIntent().equals(outcome.getIntent())) {
            return;
        }
        var failed = outcome.getKind() == OutcomeKind.FAILED;
        var retryAt = failed ? time.plus(retry.after(state.getAttempt())) : null;
        due.move(key, Optional.empty(), Optional.ofNullable(retryAt));
        requests.put(key, new ServiceState(state.getOpened(), state.getAttempt(), state.getIntent(), false, retryAt));
    }

    private void look(long timestamp) {
        var now = Instant.ofEpochMilli(timestamp);
        for (var key : due.due(now, MOST_DUE_AT_ONCE)) {
            var state = requests.get(key);
            due.move(key, Optional.ofNullable(state.getRetryAt()), Optional.empty());
            attempt(key, state.getOpened(), state.getAttempt() + 1, now);
        }
    }
}
