package io.crema.edge.node;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.MessageFormatException;

/** Outcomes as bytes, for snapshots and for the wire to a simulated world. */
public final class OutcomeCodec {
    private OutcomeCodec() {}

    public static byte[] encode(TapOutcome outcome) {
        return write(new ByteWriter(), outcome).toBytes();
    }

    public static TapOutcome decode(byte[] bytes) {
        return ByteReader.whole(bytes, OutcomeCodec::read);
    }

    static ByteWriter write(ByteWriter out, TapOutcome outcome) {
        return switch (outcome) {
            case TapOutcome.Served it -> JournalCodec.receipt(out.u8(1), it.receipt());
            case TapOutcome.Failed it ->
                JournalCodec.text(
                        JournalCodec.failure(JournalCodec.receipt(out.u8(2), it.receipt()), it.failure()), it.reason());
            case TapOutcome.Refused it ->
                JournalCodec.text(out.u8(3).u8(it.refusal().ordinal()), it.sentence());
        };
    }

    static TapOutcome read(ByteReader in) {
        var kind = in.u8();
        return switch (kind) {
            case 1 -> new TapOutcome.Served(JournalCodec.receipt(in));
            case 2 -> new TapOutcome.Failed(JournalCodec.receipt(in), JournalCodec.failure(in), JournalCodec.text(in));
            case 3 -> new TapOutcome.Refused(refusal(in.u8()), JournalCodec.text(in));
            default -> throw new MessageFormatException("unknown kind of outcome " + kind);
        };
    }

    private static Refusal refusal(int ordinal) {
        var all = Refusal.values();
        if (ordinal >= all.length) {
            throw new MessageFormatException("unknown refusal " + ordinal);
        }
        return all[ordinal];
    }
}
