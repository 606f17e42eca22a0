package io.crema.contracts.value;

import java.math.BigInteger;

/**
 * Money in the token's smallest unit: an integer from 0 to 2^96 − 1 (Solidity {@code uint96}). Arithmetic that would
 * leave the range throws {@link ArithmeticException}. Immutable.
 */
public record Amount(BigInteger value) implements Comparable<Amount> {
    public static final int BITS = 96;
    public static final Amount ZERO = new Amount(BigInteger.ZERO);
    public static final Amount MAX = new Amount(BigInteger.ONE.shiftLeft(BITS).subtract(BigInteger.ONE));

    public Amount {
        if (value.signum() < 0 || value.bitLength() > BITS) {
            throw new ArithmeticException("an amount is an integer from 0 to 2^96 - 1, got " + value);
        }
    }

    public static Amount of(long value) {
        return new Amount(BigInteger.valueOf(value));
    }

    /** @param decimal digits only, in the smallest unit */
    public static Amount parse(String decimal) {
        if (decimal.isEmpty() || decimal.length() > 29 || !decimal.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(
                    "an amount is a whole number in the token's smallest unit, got '" + decimal + "'");
        }
        return new Amount(new BigInteger(decimal));
    }

    public Amount plus(Amount other) {
        return new Amount(value.add(other.value));
    }

    public Amount minus(Amount other) {
        return new Amount(value.subtract(other.value));
    }

    /** This minus the other, but zero where that would be negative. */
    public Amount minusOrZero(Amount other) {
        return compareTo(other) <= 0 ? ZERO : minus(other);
    }

    public Amount times(long factor) {
        return new Amount(value.multiply(BigInteger.valueOf(factor)));
    }

    public Amount min(Amount other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Amount max(Amount other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isZero() {
        return value.signum() == 0;
    }

    public boolean exceeds(Amount other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Amount other) {
        return value.compareTo(other.value);
    }

    /** Decimal digits in the smallest unit, as JSON carries it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
