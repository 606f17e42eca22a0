package io.crema.phone;

import io.crema.contracts.value.Amount;
import java.math.BigDecimal;

/**
 * How people write amounts of the token: 1.50 EUR for 1500000 of its smallest unit.
 *
 * @param decimals from 0 to 36
 * @param symbol may be empty
 */
public record TokenUnit(int decimals, String symbol) {
    private static final int MOST_DECIMALS = 36;
    private static final int LONGEST_SYMBOL = 11;

    public TokenUnit {
        if (decimals < 0 || decimals > MOST_DECIMALS) {
            throw new IllegalArgumentException(
                    "a token has 0 to %d decimals, got %d".formatted(MOST_DECIMALS, decimals));
        }
        if (symbol.length() > LONGEST_SYMBOL) {
            throw new IllegalArgumentException(
                    "a token's symbol has at most %d characters, got %s".formatted(LONGEST_SYMBOL, symbol));
        }
    }

    /** Exact; two decimals at least where the token has them. */
    public String show(Amount amount) {
        var number = new BigDecimal(amount.value(), decimals).stripTrailingZeros();
        var shown =
                number.setScale(Math.max(number.scale(), Math.min(2, decimals))).toPlainString();
        return symbol.isEmpty() ? shown : shown + " " + symbol;
    }

    /** @throws IllegalArgumentException when the text is no amount of this token */
    public Amount read(String text) {
        var number = text.endsWith(" " + symbol) ? text.substring(0, text.length() - symbol.length() - 1) : text;
        try {
            if (number.length() > 40 || !number.matches("[0-9]+(\\.[0-9]+)?")) {
                throw new NumberFormatException("digits and one point");
            }
            return new Amount(new BigDecimal(number).movePointRight(decimals).toBigIntegerExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "not an amount: '%s'; give a number such as 1.50, with at most %d decimals"
                            .formatted(text, decimals),
                    e);
        }
    }
}
