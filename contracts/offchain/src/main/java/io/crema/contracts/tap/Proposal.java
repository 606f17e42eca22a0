package io.crema.contracts.tap;

import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * PUT: the receipt that the machine asks for, with everything that shows it to be right. The previous receipt comes
 * without its sale: what a colleague drank is nobody else's business.
 *
 * @param offered the machine's signature over {@link Offered}, for the phone to keep
 * @param priceProof siblings from the product's leaf up to the tariff's root
 * @param tariff absent when the phone holds it
 * @param previous the channel's newest receipt; absent before the first
 */
public record Proposal(
        Sale sale,
        Receipt receipt,
        Signature offered,
        List<Hash> priceProof,
        Optional<Signed<Tariff>> tariff,
        Optional<Previous> previous) {
    /** Deep enough for a tariff of 65,536 products. */
    public static final int DEEPEST_PROOF = 16;

    public Proposal {
        if (priceProof.size() > DEEPEST_PROOF) {
            throw new MessageFormatException(
                    "a price proof has at most %d hashes, got %d".formatted(DEEPEST_PROOF, priceProof.size()));
        }
        priceProof = List.copyOf(priceProof);
    }

    /** @param badge empty when the customer signed it itself */
    public record Previous(Signed<Receipt> receipt, Optional<Signed<Badge>> badge) {}

    public byte[] encode() {
        var out =
                new ByteWriter().sale(sale).receipt(receipt).signature(offered).u8(priceProof.size());
        priceProof.forEach(out::hash);
        out.u8(tariff.isPresent() ? 1 : 0);
        tariff.ifPresent(out::tariff);
        out.u8(previous.isPresent() ? 1 : 0);
        previous.ifPresent(it -> {
            out.signedReceipt(it.receipt()).u8(it.badge().isPresent() ? 1 : 0);
            it.badge().ifPresent(out::badge);
        });
        return out.toBytes();
    }

    public static Proposal decode(byte[] bytes) {
        return ByteReader.whole(bytes, in -> {
            var sale = in.sale();
            var receipt = in.receipt();
            var offered = in.signature();
            var depth = in.u8();
            if (depth > DEEPEST_PROOF) {
                throw new MessageFormatException("a price proof has at most %d hashes".formatted(DEEPEST_PROOF));
            }
            var proof = new ArrayList<Hash>(depth);
            for (var i = 0; i < depth; i++) {
                proof.add(in.hash());
            }
            return new Proposal(
                    sale,
                    receipt,
                    offered,
                    proof,
                    in.optional(ByteReader::tariff),
                    in.optional(it -> new Previous(it.signedReceipt(), it.optional(ByteReader::badge))));
        });
    }
}
