package io.crema.streams.analytics;

import io.crema.events.MachineHour;
import io.crema.schemas.topic.Topic;
import io.crema.streams.records.Parts;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;

/** Accepted receipts in; cups and revenue per machine, product and hour of the sale out. */
public final class AnalyticsTopology {
    static final String HOURS = "machine-hours";
    static final String HOURS_REFUSED = "hours-to-quarantine";
    static final String SOURCE = "/streams/analytics";

    private AnalyticsTopology() {}

    /** @param partitions of all keyed topics */
    public static Topology of(int partitions) {
        var builder = new StreamsBuilder();
        Parts.source(builder, Topic.RECEIPTS)
                .process(Parts.processor(() -> new SaleToMachine(partitions)), Named.as("sale-to-machine"))
                .filter((machine, value) -> true, Named.as(SaleToMachine.SALES))
                .repartition(Parts.repartition("sales", partitions))
                .process(
                        Parts.guarded(
                                SOURCE, HOURS_REFUSED, HourProcessor::new, Parts.records(HOURS, MachineHour.class)),
                        Named.as("hours-processor"));
        var topology = builder.build();
        Parts.sink(topology, Topic.MACHINE_HOURS, "hours-processor");
        Parts.sink(topology, Topic.QUARANTINE, "sale-to-machine");
        Parts.sink(topology, HOURS_REFUSED, Topic.QUARANTINE, "hours-processor");
        return topology;
    }
}
