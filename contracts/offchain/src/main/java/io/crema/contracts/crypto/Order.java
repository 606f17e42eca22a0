package io.crema.contracts.crypto;

import java.math.BigInteger;

/** The order of secp256k1's group (SEC 2, section 2.4.1). */
final class Order {
    static final BigInteger N = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    static final BigInteger HALF = N.shiftRight(1);

    private Order() {}

    static boolean isHigh(byte[] s) {
        return new BigInteger(1, s).compareTo(HALF) > 0;
    }
}
