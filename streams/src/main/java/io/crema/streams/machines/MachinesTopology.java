package io.crema.streams.machines;

import io.crema.contracts.typed.Domain;
import io.crema.events.MachineState;
import io.crema.events.ServiceState;
import io.crema.events.WaitingBatch;
import io.crema.schemas.topic.Topic;
import io.crema.streams.records.Outbound;
import io.crema.streams.records.Parts;
import io.crema.streams.redemption.Backoff;
import io.crema.streams.telemetry.FaultRule;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;

/**
 * Signed telemetry in; twins, faults, service requests and their intents out.
 *
 * <p>A machine's keys are registered under its manufacturer's account and brought to the machine first; batches wait
 * for them. A fault makes one service request, and that one intent at a time.
 */
public final class MachinesTopology {
    static final String MACHINES = "machines";
    static final String WAITING = "waiting-batches";
    static final String REGISTRATIONS = "key-registrations";
    static final String REQUESTS = "service-requests";
    static final String DUE = "requests-due";

    /** What was refused of the machines' telemetry. */
    public static final String MACHINE_FIGURES = "machine-figures";

    static final String REQUESTS_REFUSED = "requests-to-quarantine";
    static final String SOURCE = "/streams/machines";

    private MachinesTopology() {}

    /**
     * @param partitions of all keyed topics
     * @param maintenance MaintenanceProvider's domain
     */
    public static Topology of(int partitions, Domain maintenance, FaultRule rule) {
        var builder = new StreamsBuilder();
        var keys = Parts.source(builder, Topic.CHAIN_PARTIES)
                .process(
                        Parts.processor(() -> new KeyToMachine(partitions), Parts.bytes(REGISTRATIONS)),
                        Named.as("key-to-machine"))
                .repartition(Parts.repartition("machine-keys", partitions));
        Parts.source(builder, Topic.EDGE_TELEMETRY)
                .merge(keys, Named.as("telemetry-and-keys"))
                .process(
                        Parts.guarded(
                                SOURCE,
                                Outbound.sink(Topic.QUARANTINE),
                                () -> new MachineProcessor(partitions, maintenance, rule),
                                Parts.records(MACHINES, MachineState.class),
                                Parts.records(WAITING, WaitingBatch.class),
                                Parts.figures(MACHINE_FIGURES)),
                        Named.as("machines-processor"));
        Parts.source(builder, Topic.SERVICE_REQUESTS)
                .merge(Parts.source(builder, Topic.OUTCOMES), Named.as("requests-and-outcomes"))
                .process(
                        Parts.guarded(
                                SOURCE,
                                REQUESTS_REFUSED,
                                () -> new RequestProcessor(partitions, maintenance, Backoff.USUAL),
                                Parts.records(REQUESTS, ServiceState.class),
                                Parts.bytes(DUE)),
                        Named.as("requests-processor"));
        var topology = builder.build();
        Parts.sink(topology, Topic.MACHINE_EVENTS, "machines-processor");
        Parts.sink(topology, Topic.MACHINE_TWINS, "machines-processor");
        Parts.sink(topology, Topic.SERVICE_REQUESTS, "machines-processor");
        Parts.sink(topology, Topic.QUARANTINE, "machines-processor");
        Parts.sink(topology, REQUESTS_REFUSED, Topic.QUARANTINE, "requests-processor");
        Parts.sink(topology, Topic.INTENTS, "requests-processor");
        return topology;
    }
}
