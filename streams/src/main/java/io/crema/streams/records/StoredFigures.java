package io.crema.streams.records;

import io.crema.streams.figures.Figures;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A task's figures in a store of their own, changed in the transaction of what they count: a record that is processed
 * anew after a crash is counted once. Not thread-safe.
 */
public final class StoredFigures {
    private final KeyValueStore<byte[], byte[]> store;
    private final byte[] key;
    private final Figures figures;
    private boolean changed;

    /** After the store was restored. */
    public StoredFigures(ProcessorContext<byte[], byte[]> context, String name) {
        this.store = context.getStateStore(name);
        this.key = key(context.taskId().partition());
        var stored = store.get(key);
        this.figures = stored == null ? new Figures() : Figures.fromBytes(stored);
    }

    /** In the store: one entry for each partition. */
    public static byte[] key(int partition) {
        return ByteBuffer.allocate(4).putInt(partition).array();
    }

    /** To be changed; {@link #save} keeps it. */
    public Figures toChange() {
        changed = true;
        return figures;
    }

    /** One more in quarantine. */
    public void refused(String reason) {
        toChange().refused(reason);
        save();
    }

    public void save() {
        if (changed) {
            store.put(key, figures.toBytes());
            changed = false;
        }
    }
}
