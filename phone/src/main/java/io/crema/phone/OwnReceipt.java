package io.crema.phone;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;

/**
 * The newest receipt that this phone signed in a channel.
 *
 * @param digest what was signed
 * @param offered the machine's word that it proposed this
 * @param committed whether the machine has shown that it counts
 */
public record OwnReceipt(SignedReceipt receipt, Hash digest, Signature offered, boolean committed) {

    long sequence() {
        return receipt.receipt().content().sequence();
    }

    OwnReceipt commit() {
        return new OwnReceipt(receipt, digest, offered, true);
    }

    byte[] encode() {
        var out = new ByteWriter()
                .u8(committed ? 1 : 0)
                .hash(digest)
                .signature(offered)
                .sale(receipt.sale());
        out.signedReceipt(receipt.receipt()).u8(receipt.badge().isPresent() ? 1 : 0);
        receipt.badge().ifPresent(out::badge);
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
            return new OwnReceipt(signed, digest, offered, committed);
        });
    }
}
