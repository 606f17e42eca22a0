package io.crema.settlement.step;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Amounts of ether for people. Stateless. */
final class Wei {
    private Wei() {}

    /** Such as "0.0123 ether". */
    static String ether(BigInteger wei) {
        return shown(wei, 18, 6) + " ether";
    }

    /** Such as "35.2 gwei". */
    static String gwei(BigInteger wei) {
        return shown(wei, 9, 3) + " gwei";
    }

    private static String shown(BigInteger wei, int decimals, int digits) {
        var value = new BigDecimal(wei, decimals).setScale(digits, RoundingMode.HALF_EVEN);
        return value.signum() == 0 && wei.signum() != 0
                ? new BigDecimal(wei, decimals).stripTrailingZeros().toPlainString()
                : value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
