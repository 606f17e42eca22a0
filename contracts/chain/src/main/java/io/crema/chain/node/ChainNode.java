package io.crema.chain.node;

import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SendResult;
import java.util.Collections;
import java.util.List;

/** One node with a name that may be shown. Thread-safe. */
public interface ChainNode extends ChainPort, ChainReader, AutoCloseable {

    /** Where it is, without anything secret. */
    String name();

    /**
     * As {@link #send}, but no answer is told by an exception.
     *
     * @throws ChainUnreachableException when it may or may not have arrived
     */
    SendResult broadcast(Payload raw);

    /**
     * {@link #broadcast} of several, one result for each, in their order.
     *
     * @throws ChainUnreachableException when some may or may not have arrived
     */
    default List<SendResult> broadcastAll(List<Payload> raw) {
        return raw.stream().map(this::broadcast).toList();
    }

    @Override
    default SendResult send(Payload raw) {
        try {
            return broadcast(raw);
        } catch (ChainUnreachableException e) {
            return new SendResult.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    default List<SendResult> sendAll(List<Payload> raw) {
        try {
            return broadcastAll(raw);
        } catch (ChainUnreachableException e) {
            return Collections.nCopies(raw.size(), new SendResult.Unreachable(String.valueOf(e.getMessage())));
        }
    }

    @Override
    void close();
}
