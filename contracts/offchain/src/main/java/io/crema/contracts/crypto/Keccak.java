package io.crema.contracts.crypto;

import io.crema.contracts.value.Hash;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it (not NIST SHA3-256). Stateless. */
public final class Keccak {
    private Keccak() {}

    public static Hash hash(byte[]... parts) {
        var digest = new KeccakDigest(256);
        for (var part : parts) {
            digest.update(part, 0, part.length);
        }
        var out = new byte[Hash.LENGTH];
        digest.doFinal(out, 0);
        return Hash.of(out);
    }
}
