package io.crema.chain.transactions;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;

/**
 * Signs EIP-1559 transactions of one account on one chain. The same input always gives the same bytes. Immutable and
 * thread-safe.
 */
public final class TransactionSigner {
    private static final byte[] TYPE = {2};

    private final SigningKey key;
    private final long chainId;

    public TransactionSigner(SigningKey key, long chainId) {
        this.key = key;
        this.chainId = chainId;
    }

    /** The sending account. */
    public Address account() {
        return key.address();
    }

    public long chainId() {
        return chainId;
    }

    public SignedVersion sign(long nonce, Call call, Fees fees) {
        var fields = new byte[][] {
            Rlp.number(chainId),
            Rlp.number(nonce),
            Rlp.number(fees.maxPriority()),
            Rlp.number(fees.max()),
            Rlp.number(call.gasLimit()),
            Rlp.bytes(call.to().bytes()),
            Rlp.number(call.value()),
            Rlp.bytes(call.data().bytes()),
            Rlp.list()
        };
        var signature = key.sign(typed(fields));
        var signed = java.util.Arrays.copyOf(fields, fields.length + 3);
        signed[fields.length] = Rlp.number(signature.yParity());
        signed[fields.length + 1] = Rlp.number(new BigInteger(1, signature.r()));
        signed[fields.length + 2] = Rlp.number(new BigInteger(1, signature.s()));
        var body = Rlp.list(signed);
        var raw = new byte[body.length + 1];
        raw[0] = TYPE[0];
        System.arraycopy(body, 0, raw, 1, body.length);
        return new SignedVersion(Keccak.hash(raw), Payload.of(raw), fees);
    }

    private static Hash typed(byte[][] fields) {
        return Keccak.hash(TYPE, Rlp.list(fields));
    }
}
