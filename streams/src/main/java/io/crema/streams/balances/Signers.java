package io.crema.streams.balances;

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

/** Recovers who signed; badges, which come again with each receipt, only once. Not thread-safe. */
public final class Signers {
    private static final int REMEMBERED = 16_384;

    private final Domain payment;
    private final Map<Key, Optional<Address>> badges = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optional<Address>> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Key(Hash digest, Signature signature) {}

    /** @param payment PaymentProvider's domain */
    public Signers(Domain payment) {
        this.payment = payment;
    }

    /** EIP-712. */
    public Hash digest(Receipt receipt) {
        return payment.digest(receipt);
    }

    Optional<Address> ofReceipt(Signed<Receipt> receipt) {
        return receipt.signer(payment);
    }

    Optional<Address> ofBadge(Signed<Badge> badge) {
        var key = new Key(payment.digest(badge.content()), badge.signature());
        return badges.computeIfAbsent(key, unseen -> badge.signer(payment));
    }
}
