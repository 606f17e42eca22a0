package io.crema.streams.machines;

import io.crema.contracts.value.Hash;
import io.crema.events.LogReversed;
import io.crema.events.MachineKeyRegistered;
import io.crema.events.Origin;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.streams.records.Inbound;
import io.crema.streams.records.Versioned;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Brings key registrations, and their reversals, from the manufacturer's account to the machine. */
final class KeyToMachine extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final int partitions;

    /** Which machine a log was about: a reversal names only the log. */
    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<byte[], byte[]> registrations;

    KeyToMachine(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        registrations = context.getStateStore(MachinesTopology.REGISTRATIONS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var partition = context().recordMetadata().orElseThrow().partition();
        // What is bad, the customers' processor of the balances topology quarantines.
        if (Inbound.read(Topic.CHAIN_PARTIES, record.key(), record.value(), partition, partitions)
                instanceof Inbound.Good(var value)) {
            switch (value) {
                case MachineKeyRegistered registered -> {
                    var machine = registered.getMachine().bytes();
                    registrations.put(
                            key(registered.getOrigin()),
                            Versioned.allocate(machine.length).put(machine).array());
                    // Without its serial number, which may be long: the machine's id names it.
                    var key = MachineKeyRegistered.newBuilder(registered)
                            .setSerialNumber("")
                            .build();
                    context()
                            .forward(record.withKey(machine)
                                    .withValue(RecordCodec.perThread().encode(key)));
                }
                case LogReversed reversed -> {
                    var stored = registrations.delete(key(reversed.getOrigin()));
                    if (stored != null) {
                        var machine = new byte[Hash.LENGTH];
                        Versioned.read(MachinesTopology.REGISTRATIONS, stored).get(machine);
                        context().forward(record.withKey(machine));
                    }
                }
                default -> {
                    // Other facts about the account do not concern its machines' keys.
                }
            }
        }
    }

    private static byte[] key(Origin origin) {
        return ByteBuffer.allocate(68)
                .put(origin.getBlockHash().bytes())
                .put(origin.getTransactionHash().bytes())
                .putInt(origin.getLogIndex())
                .array();
    }
}
