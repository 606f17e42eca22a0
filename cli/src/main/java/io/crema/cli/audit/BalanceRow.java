package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.amount;
import static io.crema.schemas.convert.Convert.hash;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.events.ChannelBalance;
import java.util.Optional;

/** What the audit needs of a channel's newest balance, and where it stands. */
record BalanceRow(
        Amount deposited,
        Amount redeemed,
        Amount accepted,
        long receipts,
        Optional<Hash> history,
        long waiting,
        String status,
        long closeAt,
        boolean ahead,
        String place) {

    static BalanceRow of(ChannelBalance row, String place) {
        var newest = row.getNewest();
        var closeAt = row.getCloseAt();
        return new BalanceRow(
                amount(row.getDeposited()),
                amount(row.getRedeemed()),
                amount(row.getAccepted()),
                row.getReceipts(),
                newest == null ? Optional.empty() : Optional.of(hash(newest.getHistory())),
                row.getWaitingReceipts(),
                row.getStatus().intern(),
                closeAt == null ? 0 : closeAt.getEpochSecond(),
                row.getAhead(),
                place);
    }

    /** Whether it tells of the chain what was known at a moment. */
    boolean tellsOf(Slot slot, long redeemedSequence) {
        return deposited.equals(slot.deposited())
                && redeemed.equals(slot.redeemed())
                && status.equals(slot.status())
                && (slot.isClosed() || closeAt == slot.closeAt())
                && ahead == (Long.compareUnsigned(redeemedSequence, receipts) > 0);
    }

    /** Its part that the chain decides. */
    String chainPart() {
        return "deposited %s, redeemed %s, %s%s"
                .formatted(deposited, redeemed, status, ahead ? ", the chain ahead" : "");
    }
}
