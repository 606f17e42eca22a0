package io.crema.streams.balances;

import io.crema.contracts.crypto.Secp256k1;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recovers who signed; badges, which come again with each receipt, only once. Not thread-safe. */
public final class Signers {
    private static final int REMEMBERED = 65_536;

    private final Domain payment;
    private final Map<Key, Optional<Address>> badges = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optional<Address>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The one that was asked for last: it is asked for several times in a row. */
    private @Nullable Signed<Badge> newest;

    private Optional<Address> newestSigner = Optional.empty();

    private record Key(Hash digest, Signature signature) {}

    /** @param payment PaymentProvider's domain */
    public Signers(Domain payment) {
        this.payment = payment;
    }

    /** EIP-712. */
    public Hash digest(Receipt receipt) {
        return payment.digest(receipt);
    }

    /** Who signed the digest; empty when nobody can have. */
    Optional<Address> of(Hash digest, Signature signature) {
        return Secp256k1.instance().recover(digest, signature);
    }

    Optional<Address> ofBadge(Signed<Badge> badge) {
        if (badge == newest) {
            return newestSigner;
        }
        var key = new Key(payment.digest(badge.content()), badge.signature());
        var signer = badges.get(key);
        if (signer == null) {
            signer = of(key.digest(), key.signature());
            badges.put(key, signer);
        }
        newest = badge;
        newestSigner = signer;
        return signer;
    }
}
