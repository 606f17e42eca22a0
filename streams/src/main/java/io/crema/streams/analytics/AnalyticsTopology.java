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
    static final String SOURCE = "/streams/analytics";

    private AnalyticsTopology() {}

    /** @param partitions of all keyed topics */
    public static Topology of(int partitions) {
        var builder = new StreamsBuilder();
        Parts.source(builder, Topic.RECEIPTS)
                .process(Parts.processor(SaleToMachine::new), Named.as("sale-to-machine"))
                .repartition(Parts.repartition("sales", partitions))
                .process(
                        Parts.processor(HourProcessor::new, Parts.records(HOURS, MachineHour.class)),
                        Named.as("hours-processor"));
        var topology = builder.build();
        Parts.sink(topology, Topic.MACHINE_HOURS, "hours-processor");
        return topology;
    }
}
