package io.crema.simulation.chain;

import io.crema.chain.transactions.Payload;
import io.crema.contracts.typed.TypedData;
import java.util.Arrays;

/** A call that the contract refuses; what it changed is undone. Carries the error's selector, without arguments. */
public final class RevertedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param error as Solidity writes it, with its types: {@code UnknownChannel(bytes32)} */
    RevertedException(String error) {
        super(error, null, false, false);
    }

    /** The error's first four bytes. */
    public Payload data() {
        return Payload.of(selector(String.valueOf(getMessage())));
    }

    static byte[] selector(String signature) {
        return Arrays.copyOf(TypedData.keccak(signature).bytes(), 4);
    }
}
