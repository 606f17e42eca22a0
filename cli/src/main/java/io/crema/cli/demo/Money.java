package io.crema.cli.demo;

import io.crema.cli.fleet.Provisioner;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as people read them. */
final class Money {
    private Money() {}

    /** @param smallest decimal string in the token's smallest unit */
    static String text(String smallest) {
        return new BigDecimal(smallest).movePointLeft(Provisioner.DECIMALS).setScale(2, RoundingMode.DOWN) + " CREMA";
    }
}
