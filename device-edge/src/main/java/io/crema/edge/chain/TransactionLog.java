package io.crema.edge.chain;

import io.crema.chain.transactions.AccountState;
import io.crema.chain.transactions.FailureCause;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SignedTransaction;
import io.crema.chain.transactions.TransactionEvent;
import io.crema.chain.transactions.TransactionJournal;
import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.MessageFormatException;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.edge.journal.AppendLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The events of the machine's own account on its disk: one entry per step, so all of a step's events count or none. */
final class TransactionLog implements TransactionJournal, AutoCloseable {
    private static final int PREPARED = 1;
    private static final int REPLACED = 2;
    private static final int MINED = 3;
    private static final int REORGED = 4;
    private static final int CONFIRMED = 5;
    private static final int REVERTED = 6;
    private static final int NONCE_TAKEN = 7;

    private final AppendLog log;

    TransactionLog(AppendLog log) {
        this.log = log;
    }

    /** The fold of all events. */
    AccountState state() {
        var events = new ArrayList<TransactionEvent>();
        log.read(log.oldest(), (entry, after) -> {
            events.addAll(decode(entry));
            return true;
        });
        return AccountState.of(events);
    }

    @Override
    public void append(List<TransactionEvent> events) {
        log.append(encode(events));
    }

    static byte[] encode(List<TransactionEvent> events) {
        var out = new ByteWriter().u16(events.size());
        events.forEach(event -> write(out, event));
        return out.toBytes();
    }

    static List<TransactionEvent> decode(byte[] entry) {
        return ByteReader.whole(entry, in -> {
            var events = new ArrayList<TransactionEvent>();
            for (var left = in.u16(); left > 0; left--) {
                events.add(read(in));
            }
            return events;
        });
    }

    private static void write(ByteWriter out, TransactionEvent event) {
        switch (event) {
            case TransactionEvent.Prepared it -> {
                begin(out, PREPARED, it).u16(it.call().intents().size());
                it.call().intents().forEach(out::hash);
                out.block(it.version().raw().bytes());
            }
            case TransactionEvent.Replaced it ->
                begin(out, REPLACED, it).block(it.version().raw().bytes());
            case TransactionEvent.Mined it -> inclusion(begin(out, MINED, it), it.inclusion());
            case TransactionEvent.Reorged it -> inclusion(begin(out, REORGED, it), it.lost());
            case TransactionEvent.Confirmed it -> inclusion(begin(out, CONFIRMED, it), it.inclusion());
            case TransactionEvent.Failed it -> {
                switch (it.cause()) {
                    case FailureCause.Reverted(var where) -> inclusion(begin(out, REVERTED, it), where);
                    case FailureCause.NonceTaken(var nonce) ->
                        begin(out, NONCE_TAKEN, it).u64(nonce);
                }
            }
            case TransactionEvent.Sent _, TransactionEvent.Refused _ ->
                throw new IllegalArgumentException("what only paces the resending is not kept: " + event);
        }
    }

    private static ByteWriter begin(ByteWriter out, int type, TransactionEvent event) {
        return out.u8(type).u64(event.nonce()).u64(event.at().toEpochMilli());
    }

    private static TransactionEvent read(ByteReader in) {
        var type = in.u8();
        var nonce = in.u64();
        var at = Instant.ofEpochMilli(in.u64());
        return switch (type) {
            case PREPARED -> {
                var intents = new ArrayList<Hash>();
                for (var left = in.u16(); left > 0; left--) {
                    intents.add(in.hash());
                }
                var signed = SignedTransaction.decode(Payload.of(in.block()));
                yield new TransactionEvent.Prepared(nonce, signed.call(intents), signed.version(), at);
            }
            case REPLACED ->
                new TransactionEvent.Replaced(
                        nonce, SignedTransaction.decode(Payload.of(in.block())).version(), at);
            case MINED -> new TransactionEvent.Mined(nonce, inclusion(in), at);
            case REORGED -> new TransactionEvent.Reorged(nonce, inclusion(in), at);
            case CONFIRMED -> new TransactionEvent.Confirmed(nonce, inclusion(in), at);
            case REVERTED -> new TransactionEvent.Failed(nonce, new FailureCause.Reverted(inclusion(in)), at);
            case NONCE_TAKEN -> new TransactionEvent.Failed(nonce, new FailureCause.NonceTaken(in.u64()), at);
            default -> throw new MessageFormatException("unknown type of transaction event " + type);
        };
    }

    private static void inclusion(ByteWriter out, Inclusion it) {
        out.hash(it.transaction())
                .hash(it.block())
                .u64(it.blockNumber())
                .u8(it.success() ? 1 : 0)
                .u64(it.gasUsed())
                .amount(new Amount(it.gasPrice()));
    }

    private static Inclusion inclusion(ByteReader in) {
        return new Inclusion(
                in.hash(), in.hash(), in.u64(), in.flag(), in.u64(), in.amount().value());
    }

    @Override
    public void close() {
        log.close();
    }
}
