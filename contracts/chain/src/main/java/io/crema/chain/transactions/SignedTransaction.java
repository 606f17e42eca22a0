package io.crema.chain.transactions;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Secp256k1;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * What the bytes of a signed EIP-1559 transaction say, so that a state can be rebuilt from them alone.
 *
 * @param sender who signed
 * @param chainId of the chain it is for
 * @param nonce of the sender
 * @param version the bytes with their hash and fees
 * @param to the contract called
 * @param value wei sent along
 * @param data the encoded function call
 * @param gasLimit the most gas it may use
 */
public record SignedTransaction(
        Address sender,
        long chainId,
        long nonce,
        SignedVersion version,
        Address to,
        BigInteger value,
        Payload data,
        long gasLimit) {
    private static final int FIELDS = 12;

    /** The call inside, for the intents that were recorded beside the bytes. */
    public Call call(List<Hash> intents) {
        return new Call(intents, to, value, data, gasLimit);
    }

    /** @throws IllegalArgumentException when the bytes are no signed EIP-1559 transaction with an empty access list */
    public static SignedTransaction decode(Payload raw) {
        var bytes = raw.bytes();
        if (bytes.length == 0 || bytes[0] != TransactionSigner.TYPE) {
            throw new IllegalArgumentException("a signed transaction starts with byte 2 (EIP-1559), got " + raw);
        }
        var fields = Rlp.strings(Arrays.copyOfRange(bytes, 1, bytes.length));
        if (fields.size() != FIELDS || fields.get(8).length != 0) {
            throw new IllegalArgumentException(
                    "a signed EIP-1559 transaction has 12 fields and here an empty access list, got " + raw);
        }
        var fees = new Fees(unsigned(fields.get(2)), unsigned(fields.get(3)));
        var transaction = new SignedTransaction(
                Address.ZERO,
                unsigned(fields.get(0)).longValueExact(),
                unsigned(fields.get(1)).longValueExact(),
                new SignedVersion(Keccak.hash(bytes), raw, fees),
                Address.of(fields.get(5)),
                unsigned(fields.get(6)),
                Payload.of(fields.get(7)),
                unsigned(fields.get(4)).longValueExact());
        var signature = Signature.of(
                word(fields.get(10)),
                word(fields.get(11)),
                unsigned(fields.get(9)).intValueExact());
        return transaction.signedBy(signature);
    }

    private SignedTransaction signedBy(Signature signature) {
        var digest = TransactionSigner.digest(chainId, nonce, to, value, data, gasLimit, version.fees());
        var signer = Secp256k1.instance()
                .recover(digest, signature)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the transaction %s carries no valid signature: %s".formatted(version.hash(), signature)));
        return new SignedTransaction(signer, chainId, nonce, version, to, value, data, gasLimit);
    }

    private static BigInteger unsigned(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    private static byte[] word(byte[] bytes) {
        if (bytes.length > 32) {
            throw new IllegalArgumentException("a signature's half has at most 32 bytes, got " + bytes.length);
        }
        var word = new byte[32];
        System.arraycopy(bytes, 0, word, 32 - bytes.length, bytes.length);
        return word;
    }
}
