package io.crema.streams.balances;

import io.crema.contracts.value.Amount;

/**
 * What is set aside for a channel.
 *
 * @param receipts how many wait to be covered, known or connected
 * @param money of those
 * @param links receipts refused for their signature, kept because a later valid one may vouch for them
 * @param reason why they wait; NONE while none does
 */
public record Waiting(long receipts, Amount money, long links, Reason reason) {
    public static final Waiting NOTHING = new Waiting(0, Amount.ZERO, 0, Reason.NONE);

    /** Why receipts wait. */
    public enum Reason {
        NONE,
        UNKNOWN_CHANNEL,
        UNCOVERED,
        GAP
    }

    boolean isEmpty() {
        return receipts == 0 && links == 0;
    }

    Waiting plus(Candidate candidate) {
        return candidate.refused()
                ? new Waiting(receipts, money, links + 1, reason)
                : new Waiting(receipts + 1, money.plus(candidate.cost()), links, reason);
    }

    Waiting minus(Candidate candidate) {
        return candidate.refused()
                ? new Waiting(receipts, money, links - 1, reason)
                : new Waiting(receipts - 1, money.minus(candidate.cost()), links, reason);
    }

    Waiting because(Reason why) {
        return new Waiting(receipts, money, links, receipts == 0 ? Reason.NONE : why);
    }

    /** Whether the candidate's money can be counted: nobody checks amounts before a channel is known. */
    boolean canCount(Candidate candidate) {
        return Amount.MAX.minus(money).compareTo(candidate.cost()) >= 0;
    }
}
