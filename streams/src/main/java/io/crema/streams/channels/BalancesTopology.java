package io.crema.streams.channels;

import io.crema.events.ChannelFacts;
import io.crema.events.ChannelState;
import io.crema.events.PartyState;
import io.crema.events.WaitingReceipt;
import io.crema.schemas.topic.Topic;
import io.crema.streams.records.Outbound;
import io.crema.streams.records.Parts;
import java.util.List;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;

/**
 * Receipts and chain events in; accepted receipts, balances, redemption intents and quarantine out.
 *
 * <p>All that concerns one channel meets in one task: runs of receipts, its chain events, the outcomes of its intents,
 * commands, and its customer's keys. The keys are kept per customer and fanned out to each of the customer's channels;
 * a channel that the chain opens is announced to its customer first, and judges no receipt before the answer.
 */
public final class BalancesTopology {
    static final String CHANNELS = "channels";
    static final String FACTS = "chain-facts";
    static final String WAITING = "waiting";
    static final String WAITING_MACHINES = "waiting-machines";
    static final String DIGESTS = "accepted-digests";
    static final String DUE = "redemptions-due";
    static final String CUSTOMERS = "customers";

    /** What the channels of a partition come to. */
    public static final String CHANNEL_FIGURES = "channel-figures";

    /** What was refused of the customers' facts. */
    public static final String CUSTOMER_FIGURES = "customer-figures";

    /** What waits since when, the oldest first. */
    public static final String SINCE = "waiting-since";

    static final String SOURCE = "/streams/balances";

    private BalancesTopology() {}

    public static Topology of(BalancesSettings settings) {
        var builder = new StreamsBuilder();
        var partitions = settings.partitions();
        var chain = Parts.source(builder, Topic.CHAIN_CHANNELS);
        var opened = chain.process(
                        Parts.processor(() -> new OpenedToCustomer(partitions)), Named.as("opened-to-customer"))
                .repartition(Parts.repartition("opened", partitions));
        Parts.source(builder, Topic.CHAIN_PARTIES)
                .merge(opened, Named.as("customers-and-opened"))
                .process(
                        Parts.guarded(
                                SOURCE,
                                Outbound.sink(Topic.QUARANTINE),
                                () -> new CustomerProcessor(partitions),
                                Parts.records(CUSTOMERS, PartyState.class),
                                Parts.figures(CUSTOMER_FIGURES)),
                        Named.as("customers-processor"))
                .filter((channel, value) -> true, Named.as(CustomerProcessor.KEYS))
                .repartition(Parts.repartition("keys", partitions));
        var topology = builder.build();
        // Straight from the sources: each merge between would be a step that each receipt takes.
        for (var topic : List.of(Topic.EDGE_RECEIPTS, Topic.OUTCOMES, Topic.CHANNEL_COMMANDS)) {
            Parts.addSource(topology, topic);
        }
        topology.addProcessor(
                "channels-processor",
                Parts.guarded(
                        SOURCE,
                        Outbound.sink(Topic.QUARANTINE),
                        () -> new ChannelProcessor(settings),
                        Parts.records(CHANNELS, ChannelState.class),
                        Parts.records(FACTS, ChannelFacts.class),
                        Parts.records(WAITING, WaitingReceipt.class),
                        Parts.bytes(WAITING_MACHINES),
                        Parts.bytes(DIGESTS),
                        Parts.bytes(DUE),
                        Parts.bytes(SINCE),
                        Parts.figures(CHANNEL_FIGURES)),
                Parts.sourceName(Topic.EDGE_RECEIPTS),
                Parts.sourceName(Topic.CHAIN_CHANNELS),
                "keys-repartition-source",
                Parts.sourceName(Topic.OUTCOMES),
                Parts.sourceName(Topic.CHANNEL_COMMANDS));
        Parts.sink(topology, Topic.RECEIPTS, "channels-processor");
        Parts.sink(topology, Topic.BALANCES, "channels-processor");
        Parts.sink(topology, Topic.INTENTS, "channels-processor");
        Parts.sink(topology, Topic.QUARANTINE, "channels-processor", "customers-processor");
        return topology;
    }
}
