package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.value.Amount;

/**
 * What the employee allows the phone to pay.
 *
 * @param withoutAsking the highest price that needs no confirmation
 * @param perDay the most in one UTC day
 * @param onlyUnlocked whether the wallet pays only while it is unlocked
 */
public record Limits(Amount withoutAsking, Amount perDay, boolean onlyUnlocked) {
    public static final Limits NONE = new Limits(Amount.MAX, Amount.MAX);

    /** Limits of a wallet that needs no unlocking. */
    public Limits(Amount withoutAsking, Amount perDay) {
        this(withoutAsking, perDay, false);
    }

    boolean hasDay() {
        return !perDay.equals(Amount.MAX);
    }

    byte[] encode() {
        return new ByteWriter()
                .amount(withoutAsking)
                .amount(perDay)
                .u8(onlyUnlocked ? 1 : 0)
                .toBytes();
    }

    static Limits decode(byte[] bytes) {
        return ByteReader.whole(bytes, in -> new Limits(in.amount(), in.amount(), in.flag()));
    }
}
