package io.crema.contracts.tap;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;

/**
 * What a machine signs to show, also to itself after it has lost its journal, that it proposed this receipt for this
 * sale: a phone could make up both. Signed by the machine's key in the payment domain; never sent to the chain.
 *
 * @param receipt its digest
 * @param sale its struct hash
 */
public record Offered(Hash receipt, Hash sale) implements TypedData {
    static final Hash TYPE = TypedData.keccak("Offered(bytes32 receipt,bytes32 sale)");

    @Override
    public Hash structHash() {
        return new Words(3).hash(TYPE).hash(receipt).hash(sale).keccak();
    }
}
