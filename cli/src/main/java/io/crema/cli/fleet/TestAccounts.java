package io.crema.cli.fleet;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Hash;
import java.util.List;
import java.util.stream.IntStream;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.utils.Numeric;

/**
 * The accounts that Ethereum's test chains (anvil, hardhat) fund at birth. Everyone knows their keys: never send real
 * money to them.
 */
public final class TestAccounts {
    private static final String WORDS = "test test test test test test test test test test test junk";
    private static final int HARD = Bip32ECKeyPair.HARDENED_BIT;

    private TestAccounts() {}

    /** The first {@code count} accounts, in the order of their derivation path m/44'/60'/0'/0/n (BIP-44). */
    public static List<SigningKey> first(int count) {
        var root = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(WORDS, ""));
        return IntStream.range(0, count)
                .mapToObj(n -> Bip32ECKeyPair.deriveKeyPair(root, new int[] {44 | HARD, 60 | HARD, HARD, 0, n}))
                .map(pair -> SigningKey.of(Numeric.toBytesPadded(pair.getPrivateKey(), Hash.LENGTH)))
                .toList();
    }
}
