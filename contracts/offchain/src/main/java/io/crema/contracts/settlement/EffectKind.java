package io.crema.contracts.settlement;

import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;

/** What an effect does to its subject. The name is hashed into the effect's id: it never changes. */
public enum EffectKind {
    /** Redeem a channel up to a total; the value is the total. */
    REDEEM,
    /** Ask for service of a machine; the value is the fault's id. */
    REQUEST_SERVICE;

    private final Hash hash = TypedData.keccak(name());

    /** Keccak-256 of the name. */
    public Hash hash() {
        return hash;
    }
}
