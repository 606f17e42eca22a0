package io.crema.streams.machines;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.TelemetryBatch;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;
import io.crema.events.FaultCleared;
import io.crema.events.FaultRaised;
import io.crema.events.MachineTwin;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.Quarantined;
import io.crema.events.Reading;
import io.crema.events.RequestService;
import io.crema.events.ServiceRequestOpened;
import io.crema.events.TelemetryBatchRecord;
import io.crema.events.TelemetryBody;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.streams.ChainEvents;
import io.crema.streams.Sales;
import io.crema.streams.TopologyRig;
import io.crema.streams.telemetry.FaultRule;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachinesTopologyTest {
    @TempDir
    Path dir;

    private final Sales sales = new Sales();
    private final SigningKey machineKey = Sales.key("machine");
    private Hash previous = Hash.ZERO;
    private long sequence;
    private TopologyRig rig;

    @BeforeEach
    void start() {
        rig = new TopologyRig(MachinesTopology.of(1, Sales.PAYMENT, FaultRule.BOILER_OVERHEATED), dir);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldKeepAMachinesNewestReadings() {
        register();
        send(0, 92);
        send(10, 93.5);
        var twins = rig.read(Topic.MACHINE_TWINS, MachineTwin.class);
        assertThat(twins).hasSize(2);
        assertThat(twins.getLast().getReadings())
                .hasEntrySatisfying(
                        "BoilerTempCoffee",
                        reading -> assertThat(reading.getValue()).isEqualTo(93.5));
        assertThat(twins.getLast().getSequence()).isEqualTo(2);
    }

    @Test
    void shouldLetBatchesWaitForTheMachinesKey() {
        send(0, 92);
        send(10, 93);
        assertThat(rig.records(Topic.MACHINE_TWINS)).isEmpty();
        register();
        assertThat(rig.read(Topic.MACHINE_TWINS, MachineTwin.class)).hasSize(2);
        assertThat(rig.records(Topic.QUARANTINE)).isEmpty();
    }

    @Test
    void shouldRefuseAForeignSignature() {
        register();
        pipe(batch(1, Hash.ZERO, 0, 92, Sales.key("stranger")));
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .singleElement()
                .satisfies(q -> assertThat(q.getReason()).isEqualTo("BAD_SIGNATURE"));
        assertThat(rig.records(Topic.MACHINE_TWINS)).isEmpty();
    }

    @Test
    void shouldIgnoreAReplayAndRefuseABrokenLink() {
        register();
        var first = batch(1, Hash.ZERO, 0, 92, machineKey);
        pipe(first);
        pipe(first);
        assertThat(rig.records(Topic.MACHINE_TWINS)).hasSize(1);
        pipe(batch(2, Hash.ZERO, 10, 92, machineKey));
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .singleElement()
                .satisfies(q -> assertThat(q.getReason()).isEqualTo("BROKEN_LINK"));
    }

    @Test
    void shouldMakeOneRequestOfAFaultThatPersists() {
        register();
        send(0, 106);
        send(29, 107);
        assertThat(rig.records(Topic.MACHINE_EVENTS)).isEmpty();
        send(30, 108);
        send(60, 108);
        var raised = rig.read(Topic.MACHINE_EVENTS, FaultRaised.class);
        assertThat(raised).hasSize(1);
        assertThat(raised.getFirst().getSince()).isEqualTo(Instant.ofEpochSecond(Sales.NOON));
        var opened = rig.read(Topic.SERVICE_REQUESTS, ServiceRequestOpened.class);
        var intents = rig.read(Topic.INTENTS, RequestService.class);
        assertThat(opened).hasSize(1);
        assertThat(intents).hasSize(1);
        assertThat(intents.getFirst().getRequest()).isEqualTo(opened.getFirst().getRequest());
        assertThat(intents.getFirst().getFault()).isEqualTo(raised.getFirst().getFault());
        assertThat(intents.getFirst().getAttempt()).isEqualTo(1);
    }

    @Test
    void shouldClearAFaultOnlyWellBelowItsThreshold() {
        register();
        send(0, 106);
        send(30, 106);
        send(40, 103);
        assertThat(rig.read(Topic.MACHINE_EVENTS, FaultCleared.class)).isEmpty();
        send(50, 99);
        assertThat(rig.read(Topic.MACHINE_EVENTS, FaultCleared.class)).hasSize(1);
        var twin = rig.read(Topic.MACHINE_TWINS, MachineTwin.class).getLast();
        assertThat(twin.getFaults()).isEmpty();
    }

    @Test
    void shouldTryARequestAgainOnlyAfterItFailed() {
        register();
        send(0, 106);
        send(30, 106);
        var first = rig.read(Topic.INTENTS, RequestService.class).getFirst();
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.records(Topic.INTENTS)).isEmpty();
        end(first, OutcomeKind.FAILED);
        rig.pass(Duration.ofMinutes(1));
        var second = rig.read(Topic.INTENTS, RequestService.class).getFirst();
        assertThat(second.getAttempt()).isEqualTo(2);
        assertThat(second.getEffect()).isEqualTo(first.getEffect());
        end(second, OutcomeKind.DONE);
        rig.pass(Duration.ofHours(1));
        assertThat(rig.records(Topic.INTENTS)).isEmpty();
    }

    @Test
    void shouldKeepAChattyMachinesTwinSmall() {
        register();
        for (var i = 0; i < 40; i++) {
            List<Reading> readings = new ArrayList<>();
            for (var j = 0; j < 100; j++) {
                readings.add(
                        new Reading("%060d".formatted(i * 100 + j), "Cel", 1.0, Instant.ofEpochSecond(Sales.NOON + i)));
            }
            pipe(batch(sequence + 1, previous, i, readings, "1", machineKey));
        }
        var twin = rig.records(Topic.MACHINE_TWINS).getLast();
        assertThat(twin.value().length).isLessThan(50_000);
    }

    @Test
    void shouldRefuseABatchThatSaysTooMuch() {
        register();
        pipe(batch(1, previous, 0, List.of(), "v".repeat(100_000), machineKey));
        pipe(batch(0, Hash.ZERO, 0, 92, machineKey));
        assertThat(rig.records(Topic.MACHINE_TWINS)).isEmpty();
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .extracting(Quarantined::getReason)
                .containsExactly("MALFORMED_BATCH", "MALFORMED_BATCH");
    }

    private void register() {
        rig.pipe(Topic.CHAIN_PARTIES, sales.payee.bytes(), ChainEvents.machineKey(sales, 1, machineKey.address()));
    }

    private void send(long second, double temperature) {
        pipe(batch(sequence + 1, previous, second, temperature, machineKey));
    }

    private void pipe(TelemetryBatchRecord record) {
        rig.pipe(Topic.EDGE_TELEMETRY, sales.machine.bytes(), record);
    }

    private TelemetryBatchRecord batch(long number, Hash link, long second, double temperature, SigningKey key) {
        var time = Instant.ofEpochSecond(Sales.NOON + second);
        var reading = new Reading("BoilerTempCoffee", "Cel", temperature, time);
        return batch(number, link, second, List.of(reading), "1", key);
    }

    private TelemetryBatchRecord batch(
            long number, Hash link, long second, List<Reading> readings, String version, SigningKey key) {
        var time = Instant.ofEpochSecond(Sales.NOON + second);
        var body = RecordCodec.perThread().encode(new TelemetryBody(readings, List.of(), List.of(), time, version));
        var batch = new TelemetryBatch(sales.machine, number, link, Keccak.hash(body));
        sequence = number;
        previous = batch.structHash();
        return new TelemetryBatchRecord(
                Convert.bytes32(sales.machine),
                number,
                Convert.bytes32(link),
                ByteBuffer.wrap(body),
                Convert.bytes64(TypedData.sign(batch, Sales.PAYMENT, key).signature()));
    }

    private void end(RequestService intent, OutcomeKind kind) {
        rig.pipe(
                Topic.OUTCOMES,
                intent.getRequest().bytes(),
                new Outcome(
                        intent.getRequest(),
                        intent.getIntent(),
                        intent.getEffect(),
                        intent.getAttempt(),
                        kind,
                        null,
                        null,
                        "",
                        Instant.ofEpochSecond(Sales.NOON)));
    }
}
