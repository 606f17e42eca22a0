package io.crema.cli.fleet;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys of simulated people and machines, each derived from the seed and a name, so that a seed repeats a run. For
 * simulations only: who knows the seed knows the keys.
 */
public record DerivedKeys(long seed) {

    public SigningKey machine(String serial) {
        return SigningKey.of(hash("machine key", serial).bytes());
    }

    public SigningKey employee(String name) {
        return SigningKey.of(hash("employee key", name).bytes());
    }

    /** 32 bytes that belong to a purpose and a name. */
    public Hash hash(String purpose, String name) {
        return Keccak.hash(
                ByteBuffer.allocate(Long.BYTES).putLong(seed).array(),
                (purpose + "\n" + name).getBytes(StandardCharsets.UTF_8));
    }
}
