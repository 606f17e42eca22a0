package io.crema.phone;

import io.crema.contracts.value.Amount;

/**
 * What the employee allows the phone to pay.
 *
 * @param withoutAsking the highest price that needs no confirmation
 * @param perDay the most in one UTC day
 */
public record Limits(Amount withoutAsking, Amount perDay) {
    public static final Limits NONE = new Limits(Amount.MAX, Amount.MAX);
}
