package io.crema.phone;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.util.Optional;

/**
 * The newest receipt that this phone signed in a channel.
 *
 * @param digest what was signed
 * @param offered the machine's word that it proposed this
 * @param committed whether the machine has shown that it counts
 * @param before the newest that was known to count when this one was signed; empty if none was, and once this one counts
 */
public record OwnReceipt(
        SignedReceipt receipt, Hash digest, Signature offered, boolean committed, Optional<Counted> before) {

    /** A receipt that the machine has shown to count: nothing is signed in its place. */
    record Counted(long sequence, Hash digest) {}

    /** The newest receipt of the channel that this phone knows to count. */
    Optional<Counted> counted() {
        return committed ? Optional.of(new Counted(sequence(), digest)) : before;
    }

    long sequence() {
        return receipt.receipt().content().sequence();
    }

    OwnReceipt commit() {
        return new OwnReceipt(receipt, digest, offered, true, Optional.empty());
    }

    byte[] encode() {
        var out = new ByteWriter()
                .u8(committed ? 1 : 0)
                .hash(digest)
                .signature(offered)
                .sale(receipt.sale());
        out.signedReceipt(receipt.receipt()).u8(receipt.badge().isPresent() ? 1 : 0);
        receipt.badge().ifPresent(out::badge);
        before.ifPresent(it -> out.u64(it.sequence()).hash(it.digest()));
        return out.toBytes();
    }

    static OwnReceipt decode(byte[] bytes) {
        return ByteReader.whole(bytes, in -> {
            var committed = in.flag();
            var digest = in.hash();
            var offered = in.signature();
            var sale = in.sale();
            var receipt = in.signedReceipt();
            var signed = new SignedReceipt(receipt, sale, in.optional(ByteReader::badge));
            // at the end, where receipts of earlier versions end
            var before =
                    in.remaining() == 0 ? Optional.<Counted>empty() : Optional.of(new Counted(in.u64(), in.hash()));
            return new OwnReceipt(signed, digest, offered, committed, before);
        });
    }
}
