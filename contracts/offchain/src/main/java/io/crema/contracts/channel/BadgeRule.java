package io.crema.contracts.channel;

import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.value.Address;

/** When a badge lets its employee's key sign a receipt. Pure; signatures are checked elsewhere. */
public enum BadgeRule {
    COUNTS,
    OTHER_CUSTOMER,
    OTHER_EMPLOYEE,
    OTHER_CHANNEL,
    ABOVE_CAP,
    OLD_EPOCH,
    NOT_YET_VALID,
    EXPIRED;

    /**
     * Judges the badge for one sale.
     *
     * @param customer the channel's customer
     * @param epoch the customer's epoch in force at the sale
     */
    public static BadgeRule judge(Badge badge, Receipt receipt, Sale sale, Address customer, long epoch) {
        if (!badge.customer().equals(customer)) {
            return OTHER_CUSTOMER;
        }
        if (!badge.employee().equals(sale.employee())) {
            return OTHER_EMPLOYEE;
        }
        if (!badge.channel().equals(Badge.ALL_CHANNELS) && !badge.channel().equals(receipt.channel())) {
            return OTHER_CHANNEL;
        }
        if (receipt.total().exceeds(badge.maxTotal())) {
            return ABOVE_CAP;
        }
        if (badge.epoch() < epoch) {
            return OLD_EPOCH;
        }
        if (sale.time() < badge.validFrom()) {
            return NOT_YET_VALID;
        }
        return sale.time() > badge.validUntil() ? EXPIRED : COUNTS;
    }
}
