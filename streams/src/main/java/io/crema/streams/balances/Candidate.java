package io.crema.streams.balances;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;

/**
 * A receipt that is not accepted yet.
 *
 * @param saleHash the struct hash of its sale
 * @param digest EIP-712, what recognises a duplicate
 * @param place of the run that brought it
 * @param shelved it was set aside before
 * @param refused its signature or badge was refused before
 */
public record Candidate(
        SignedReceipt signed, Hash saleHash, Hash digest, Place place, boolean shelved, boolean refused) {
    private static final byte[] NONE = {};

    /** @param signers whose domain the digest is of */
    public static Candidate of(SignedReceipt signed, Signers signers, Place place, boolean shelved, boolean refused) {
        var digest = signers.digest(signed.receipt().content());
        return new Candidate(signed, signed.sale().structHash(), digest, place, shelved, refused);
    }

    public Receipt receipt() {
        return signed.receipt().content();
    }

    public long sequence() {
        return receipt().sequence();
    }

    /** What the sale adds to the channel's total. */
    public Amount cost() {
        return signed.sale().price().minus(signed.sale().credit());
    }

    /** Tells it from any other, also from one with the same digest and another signature, sale or badge. */
    public Hash identity() {
        var badge = signed.badge();
        return Keccak.hash(
                digest.bytes(),
                signed.receipt().signature().bytes(),
                saleHash.bytes(),
                badge.map(b -> b.content().structHash().bytes()).orElse(NONE),
                badge.map(b -> b.signature().bytes()).orElse(NONE));
    }

    Candidate asShelved(boolean wasRefused) {
        return new Candidate(signed, saleHash, digest, place, true, wasRefused);
    }
}
