package io.crema.chain.transactions;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Signs EIP-1559 transactions of one account on one chain. With a key in this process the same input always gives the
 * same bytes. Immutable and thread-safe.
 */
public final class TransactionSigner {
    static final byte TYPE = 2;
    private static final byte[] PREFIX = {TYPE};

    private final AccountKey key;
    private final long chainId;

    public TransactionSigner(SigningKey key, long chainId) {
        this(AccountKey.of(key), chainId);
    }

    public TransactionSigner(AccountKey key, long chainId) {
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

    /** @throws SignerUnavailableException when the key cannot be used now */
    public SignedVersion sign(long nonce, Call call, Fees fees) {
        var fields = fields(chainId, nonce, call.to(), call.value(), call.data(), call.gasLimit(), fees);
        var signature = key.sign(typed(Rlp.list(fields)));
        var signed = Arrays.copyOf(fields, fields.length + 3);
        signed[fields.length] = Rlp.number(signature.yParity());
        signed[fields.length + 1] = Rlp.number(new BigInteger(1, signature.r()));
        signed[fields.length + 2] = Rlp.number(new BigInteger(1, signature.s()));
        var raw = typed(Rlp.list(signed));
        return new SignedVersion(Keccak.hash(raw), Payload.of(raw), fees);
    }

    /** What is signed: keccak256(2 ‖ rlp(fields)). */
    static Hash digest(long chainId, long nonce, Address to, BigInteger value, Payload data, long gasLimit, Fees fees) {
        return Keccak.hash(PREFIX, Rlp.list(fields(chainId, nonce, to, value, data, gasLimit, fees)));
    }

    private static byte[] typed(byte[] body) {
        var bytes = new byte[body.length + 1];
        bytes[0] = TYPE;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return bytes;
    }

    private static byte[][] fields(
            long chainId, long nonce, Address to, BigInteger value, Payload data, long gasLimit, Fees fees) {
        return new byte[][] {
            Rlp.number(chainId),
            Rlp.number(nonce),
            Rlp.number(fees.maxPriority()),
            Rlp.number(fees.max()),
            Rlp.number(gasLimit),
            Rlp.bytes(to.bytes()),
            Rlp.number(value),
            Rlp.bytes(data.bytes()),
            Rlp.list()
        };
    }
}
