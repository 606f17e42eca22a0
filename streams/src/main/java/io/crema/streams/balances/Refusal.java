package io.crema.streams.balances;

/** Why a receipt does not count. @param detail what was wrong, the value, what was expected */
public record Refusal(Code code, String detail) {

    /** As quarantine carries it. */
    public enum Code {
        BAD_SIGNATURE,
        WRONG_SIGNER,
        BAD_BADGE_SIGNATURE,
        WRONG_BADGE_SIGNER,
        BADGE_OTHER_CUSTOMER,
        BADGE_OTHER_EMPLOYEE,
        BADGE_OTHER_CHANNEL,
        BADGE_ABOVE_CAP,
        BADGE_OLD_EPOCH,
        BADGE_NOT_YET_VALID,
        BADGE_EXPIRED,
        BAD_SEQUENCE,
        BAD_HISTORY,
        CREDIT_ABOVE_PRICE,
        FORK,
        TOO_MANY_WAITING
    }
}
