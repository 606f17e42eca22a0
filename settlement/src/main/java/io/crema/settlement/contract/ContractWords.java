package io.crema.settlement.contract;

import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.util.Arrays;

/** Reads the 32-byte words that contracts answer with. Immutable. */
final class ContractWords {
    private static final int WORD = 32;

    private final byte[] bytes;

    ContractWords(Payload data, int expected) {
        bytes = data.bytes();
        if (bytes.length < expected * WORD) {
            throw new ChainUnreachableException(
                    "the node answered %d bytes where the contract gives %d words; is the contract's address right?"
                            .formatted(bytes.length, expected));
        }
    }

    /** @throws ChainUnreachableException when a view function, which never reverts, did */
    static ContractWords of(CallResult<Payload> answer, int expected) {
        return switch (answer) {
            case CallResult.Returned<Payload>(var data) -> new ContractWords(data, expected);
            case CallResult.Reverted<Payload>(var _, var message) ->
                throw new ChainUnreachableException(
                        "a view function reverted (" + message + "); is the contract's address right?");
        };
    }

    BigInteger number(int index) {
        return new BigInteger(1, word(index));
    }

    Amount amount(int index) {
        return new Amount(number(index));
    }

    Hash hash(int index) {
        return Hash.of(word(index));
    }

    byte[] word(int index) {
        return Arrays.copyOfRange(bytes, index * WORD, (index + 1) * WORD);
    }
}
