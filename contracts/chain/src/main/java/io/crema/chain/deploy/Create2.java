package io.crema.chain.deploy;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.Arrays;

/** Addresses that are known before their contracts are there (EIP-1014). Pure. */
final class Create2 {
    private Create2() {}

    /** Of what {@code creator} makes by CREATE2. */
    static Address address(Address creator, Hash salt, byte[] initCode) {
        return last20(Keccak.hash(
                new byte[] {(byte) 0xff},
                creator.bytes(),
                salt.bytes(),
                Keccak.hash(initCode).bytes()));
    }

    /** Of what {@code creator}, a contract, makes by its first CREATE: the RLP of [creator, 1] is hashed. */
    static Address first(Address creator) {
        return last20(Keccak.hash(new byte[] {(byte) 0xd6, (byte) 0x94}, creator.bytes(), new byte[] {1}));
    }

    /** Of what Deployer makes for {@code by}: a Shell by CREATE2, and the contract by the Shell. */
    static Address shell(Address deployer, byte[] shellCode, Address by, Hash salt) {
        return address(deployer, new Words(2).address(by).hash(salt).keccak(), shellCode);
    }

    private static Address last20(Hash hash) {
        return Address.of(Arrays.copyOfRange(hash.bytes(), 12, 32));
    }
}
