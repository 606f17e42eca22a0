package io.crema.streams.machines;

import io.crema.events.LogReversed;
import io.crema.events.MachineKeyRegistered;
import io.crema.events.Origin;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Brings key registrations, and their reversals, from the manufacturer's account to the machine. */
final class KeyToMachine extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    /** Which machine a log was about: a reversal names only the log. */
    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<byte[], byte[]> registrations;

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        registrations = context.getStateStore(MachinesTopology.REGISTRATIONS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            switch (RecordCodec.perThread().decode(record.value())) {
                case MachineKeyRegistered registered -> {
                    var machine = registered.getMachine().bytes();
                    registrations.put(key(registered.getOrigin()), machine);
                    // Without its serial number, which may be long: the machine's id names it.
                    var key = MachineKeyRegistered.newBuilder(registered)
                            .setSerialNumber("")
                            .build();
                    context()
                            .forward(record.withKey(machine)
                                    .withValue(RecordCodec.perThread().encode(key)));
                }
                case LogReversed reversed -> {
                    var machine = registrations.delete(key(reversed.getOrigin()));
                    if (machine != null) {
                        context().forward(record.withKey(machine));
                    }
                }
                default -> {
                    // Other facts about the account do not concern its machines' keys.
                }
            }
        } catch (RecordFormatException e) {
            // The customers' processor of the balances topology quarantines it.
            return;
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
