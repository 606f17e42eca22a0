package io.crema.contracts.typed;

/**
 * What an Attestation says of its subject. Each number has one meaning over all contracts, so that an attestation made
 * for one purpose serves no other.
 */
public enum Verdict {
    /** The machine has this fault; the subject is the service request's id. By the machine. */
    FAULT(1),
    /** The fault is gone; the subject is the service request. By the machine, the customer or an oracle. */
    FIXED(2),
    /** The fault is still there; the subject is the service request. */
    NOT_FIXED(3),
    /** The machine needs goods; the subject is the supply order's id. By the machine. */
    LEVEL_LOW(4),
    /** The carrier has brought it; the subject is the shipment. By an oracle. */
    ARRIVED(5),
    /** All of the shipment is there. By the machine or the customer. */
    DELIVERED(6),
    /** The shipment is not there, or not as ordered. */
    NOT_DELIVERED(7),
    /** The machine was out of order; the subject is the downtime's id. By the machine. */
    DOWN(8),
    /** A dispute's ruling: who is owed wins. By an oracle that is no party. */
    FOR_CREDITOR(9),
    /** A dispute's ruling: who would owe wins. By an oracle that is no party. */
    FOR_DEBTOR(10);

    private final int code;

    Verdict(int code) {
        this.code = code;
    }

    /** The number in {@link Attestation#verdict()}. */
    public int code() {
        return code;
    }

    /** Whether the number is a verdict. */
    public static boolean isKnown(int code) {
        return code >= FAULT.code && code <= FOR_DEBTOR.code;
    }

    /** @throws IllegalArgumentException for a number that is no verdict */
    public static Verdict of(int code) {
        if (!isKnown(code)) {
            throw new IllegalArgumentException("a verdict is from 1 (FAULT) to 10 (FOR_DEBTOR), got " + code);
        }
        return values()[code - 1]; // the codes follow the order of declaration
    }
}
