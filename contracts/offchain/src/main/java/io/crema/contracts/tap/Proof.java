package io.crema.contracts.tap;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Signature;
import java.util.Optional;

/**
 * PROVE, the machine's part: its signature over the {@link Hello}, and the placement where the phone does not hold it.
 */
public record Proof(Signature hello, Optional<Signed<Placement>> placement) {

    public byte[] encode() {
        var out = new ByteWriter().signature(hello).u8(placement.isPresent() ? 1 : 0);
        placement.ifPresent(out::placement);
        return out.toBytes();
    }

    public static Proof decode(byte[] bytes) {
        return ByteReader.whole(bytes, in -> new Proof(in.signature(), in.optional(ByteReader::placement)));
    }

    /**
     * PROVE, the phone's part: only a machine that proved itself learns this much.
     *
     * @param badge empty when the phone holds the customer's own key
     * @param newest the phone's own newest receipt of this channel
     */
    public record Answer(Optional<Signed<Badge>> badge, Optional<Newest> newest) {

        public byte[] encode() {
            var out = new ByteWriter().u8(badge.isPresent() ? 1 : 0);
            badge.ifPresent(out::badge);
            out.u8(newest.isPresent() ? 1 : 0);
            newest.ifPresent(it -> {
                out.u8(it.committed() ? 1 : 0)
                        .signature(it.offered())
                        .sale(it.receipt().sale())
                        .signedReceipt(it.receipt().receipt());
                out.u8(it.receipt().badge().isPresent() ? 1 : 0);
                it.receipt().badge().ifPresent(out::badge);
            });
            return out.toBytes();
        }

        public static Answer decode(byte[] bytes) {
            return ByteReader.whole(bytes, in -> new Answer(in.optional(ByteReader::badge), in.optional(Newest::read)));
        }
    }

    /**
     * A phone's own newest receipt.
     *
     * @param offered the machine's signature over {@link Offered}
     * @param committed whether the phone saw COMMIT for it
     */
    public record Newest(SignedReceipt receipt, Signature offered, boolean committed) {

        static Newest read(ByteReader in) {
            var committed = in.flag();
            var offered = in.signature();
            var sale = in.sale();
            var receipt = in.signedReceipt();
            return new Newest(new SignedReceipt(receipt, sale, in.optional(ByteReader::badge)), offered, committed);
        }
    }
}
