package io.crema.edge.node;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.MessageFormatException;
import io.crema.contracts.typed.Failure;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.ChannelId;
import io.crema.edge.journal.Position;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Journal records as bytes: a type, then the values in the tap protocol's forms. */
final class JournalCodec {
    static final int OFFERED = 1;
    static final int PAID = 2;
    static final int POURING = 3;
    static final int POURED = 4;
    static final int NOT_POURED = 5;
    static final int ADOPTED = 6;
    static final int REPORTED = 7;
    static final int PUBLISHED = 8;
    /** The snapshot's first form: without gaps. */
    static final int SNAPSHOT_1 = 9;

    static final int FOUND = 10;
    static final int SNAPSHOT = 11;
    static final int ADOPTED_OWING = 12;

    private JournalCodec() {}

    static byte[] encode(JournalRecord record) {
        var out = new ByteWriter();
        switch (record) {
            case JournalRecord.Offered it -> offered(out.u8(OFFERED), it);
            case JournalRecord.Paid it -> receipt(out.u8(PAID).hash(it.attempt()), it.receipt());
            case JournalRecord.Pouring it -> out.u8(POURING).u64(it.sequence());
            case JournalRecord.Poured it -> out.u8(POURED).u64(it.sequence());
            case JournalRecord.NotPoured it -> notPoured(out.u8(NOT_POURED), it);
            case JournalRecord.Adopted it -> {
                receipt(out.u8(it.owed().isPresent() ? ADOPTED_OWING : ADOPTED), it.receipt());
                it.owed().ifPresent(owed -> notPoured(out, owed));
            }
            case JournalRecord.Found it -> receipt(out.u8(FOUND), it.receipt());
            case JournalRecord.Reported it -> out.u8(REPORTED).u64(it.sequence());
            case JournalRecord.Published it ->
                position(out.u8(PUBLISHED), it.position()).u64(it.receipts());
            case JournalRecord.Snapshot it -> snapshot(out.u8(SNAPSHOT), it.state());
        }
        return out.toBytes();
    }

    static JournalRecord decode(byte[] bytes) {
        return ByteReader.whole(bytes, in -> {
            var type = in.u8();
            return switch (type) {
                case OFFERED -> offered(in);
                case PAID -> new JournalRecord.Paid(in.hash(), receipt(in));
                case POURING -> new JournalRecord.Pouring(in.u64());
                case POURED -> new JournalRecord.Poured(in.u64());
                case NOT_POURED -> notPoured(in);
                case ADOPTED -> new JournalRecord.Adopted(receipt(in), Optional.empty());
                case ADOPTED_OWING -> new JournalRecord.Adopted(receipt(in), Optional.of(notPoured(in)));
                case REPORTED -> new JournalRecord.Reported(in.u64());
                case PUBLISHED -> new JournalRecord.Published(position(in), in.u64());
                case FOUND -> new JournalRecord.Found(receipt(in));
                case SNAPSHOT_1 -> new JournalRecord.Snapshot(snapshot(in));
                case SNAPSHOT -> {
                    var state = snapshot(in);
                    state.gaps.read(in);
                    yield new JournalRecord.Snapshot(state);
                }
                default -> throw new MessageFormatException("unknown journal record type " + type);
            };
        });
    }

    /** The receipt in an entry, where it has one: what the publisher looks for. */
    static Optional<SignedReceipt> receiptIn(byte[] bytes) {
        return switch (bytes[0]) {
            case PAID -> ByteReader.whole(Arrays.copyOfRange(bytes, 33, bytes.length), it -> Optional.of(receipt(it)));
            case ADOPTED, ADOPTED_OWING, FOUND ->
                Optional.of(receipt(new ByteReader(Arrays.copyOfRange(bytes, 1, bytes.length))));
            default -> Optional.empty();
        };
    }

    private static ByteWriter snapshot(ByteWriter out, MachineState state) {
        out.hash(state.channel.value()).amount(state.credit);
        position(out, state.published).u64(state.receipts).u64(state.receiptsPublished);
        out.u8(state.newest.isPresent() ? 1 : 0);
        state.newest.ifPresent(it -> receipt(out, it));
        out.u8(state.unfinished.isPresent() ? 1 : 0);
        state.unfinished.ifPresent(it ->
                receipt(out.hash(it.attempt()).u8(it.state() == CupState.DISPENSING ? 1 : 0), it.receipt()));
        out.u16(state.offers.size());
        state.offers.values().forEach(it -> offered(out, it));
        out.u16(state.outcomes.size());
        state.outcomes.forEach((attempt, it) -> OutcomeCodec.write(out.hash(attempt), it));
        out.u16(state.unreported.size());
        state.unreported.forEach(it -> failure(out, it));
        state.gaps.write(out);
        return out;
    }

    private static MachineState snapshot(ByteReader in) {
        var state = new MachineState(new ChannelId(in.hash()));
        state.credit = in.amount();
        state.published = position(in);
        state.receipts = in.u64();
        state.receiptsPublished = in.u64();
        state.newest = in.optional(JournalCodec::receipt);
        state.unfinished = in.optional(it -> {
            var attempt = it.hash();
            var reached = it.flag() ? CupState.DISPENSING : CupState.SIGNED;
            return new MachineState.Cup(attempt, receipt(it), reached);
        });
        for (var left = in.u16(); left > 0; left--) {
            var offer = offered(in);
            state.offers.put(offer.digest(), offer);
        }
        for (var left = in.u16(); left > 0; left--) {
            state.outcomes.put(in.hash(), OutcomeCodec.read(in));
        }
        for (var left = in.u16(); left > 0; left--) {
            state.unreported.add(failure(in));
        }
        return state;
    }

    private static ByteWriter notPoured(ByteWriter out, JournalRecord.NotPoured it) {
        return text(failure(out, it.failure()), it.reason());
    }

    private static JournalRecord.NotPoured notPoured(ByteReader in) {
        return new JournalRecord.NotPoured(failure(in), text(in));
    }

    private static ByteWriter offered(ByteWriter out, JournalRecord.Offered it) {
        return out.hash(it.attempt()).hash(it.digest()).receipt(it.receipt()).sale(it.sale());
    }

    private static JournalRecord.Offered offered(ByteReader in) {
        return new JournalRecord.Offered(in.hash(), in.hash(), in.receipt(), in.sale());
    }

    static ByteWriter receipt(ByteWriter out, SignedReceipt it) {
        out.sale(it.sale()).signedReceipt(it.receipt()).u8(it.badge().isPresent() ? 1 : 0);
        it.badge().ifPresent(out::badge);
        return out;
    }

    static SignedReceipt receipt(ByteReader in) {
        var sale = in.sale();
        return new SignedReceipt(in.signedReceipt(), sale, in.optional(ByteReader::badge));
    }

    static ByteWriter failure(ByteWriter out, Signed<Failure> it) {
        return out.hash(it.content().channel().value())
                .u64(it.content().sequence())
                .amount(it.content().amount())
                .signature(it.signature());
    }

    static Signed<Failure> failure(ByteReader in) {
        var failure = new Failure(new ChannelId(in.hash()), in.u64(), in.amount());
        return new Signed<>(failure, in.signature());
    }

    static ByteWriter text(ByteWriter out, String text) {
        return out.block(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteReader in) {
        return new String(in.block(), StandardCharsets.UTF_8);
    }

    private static ByteWriter position(ByteWriter out, Position it) {
        return out.u64(it.segment()).u64(it.offset());
    }

    private static Position position(ByteReader in) {
        return new Position(in.u64(), in.u64());
    }
}
