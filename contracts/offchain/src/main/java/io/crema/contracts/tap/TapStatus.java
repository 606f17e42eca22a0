package io.crema.contracts.tap;

import java.util.Locale;
import java.util.Optional;

/** Status words, each with the sentence for the screen. Interindustry words as ISO 7816-4 has them, ours in 9Exx. */
public enum TapStatus {
    OK(0x9000, "Done."),
    WRONG_LENGTH(0x6700, "The message has a wrong length."),
    CHAIN_BROKEN(0x6883, "A message was interrupted by another one."),
    OUT_OF_ORDER(0x6985, "The tap's steps came out of order; hold the phone to the machine again."),
    WRONG_DATA(0x6A80, "The phone cannot read the machine's message."),
    NO_APPLICATION(0x6A82, "This phone has no Crema wallet."),
    UNKNOWN_COMMAND(0x6D00, "The phone does not know this command."),
    UNKNOWN_CLASS(0x6E00, "The phone does not know this class of commands."),
    FAULT(0x6F00, "The phone's wallet has a fault; open it to see more."),

    VERSION_UNKNOWN(0x9E01, "Phone and machine have no protocol version in common; update the older one."),
    NO_BADGE(0x9E02, "This phone has no badge of the company that pays here."),
    PLACEMENT_MISSING(0x9E03, "The machine does not show that your company placed it here."),
    PLACEMENT_FORGED(0x9E04, "The machine's placement is not signed by your company."),
    PLACEMENT_OTHER(0x9E05, "Your company's placement names another machine or channel."),
    PLACEMENT_ENDED(0x9E06, "Your company's placement of this machine has ended."),
    HELLO_FORGED(0x9E07, "This is not the machine that your company placed here."),

    TARIFF_MISSING(0x9E10, "The machine does not show the manufacturer's tariff."),
    TARIFF_FORGED(0x9E11, "The tariff is not signed by the manufacturer."),
    TARIFF_OTHER(0x9E12, "The tariff is for another machine."),
    TARIFF_FELL(0x9E13, "The machine shows an older tariff than before."),
    TARIFF_EARLY(0x9E14, "The tariff is not in force yet."),
    PRICE_NOT_IN_TARIFF(0x9E15, "The price is not the tariff's price for this product."),

    PREVIOUS_FORGED(0x9E20, "The previous receipt is not signed by a key with a badge of your company."),
    PREVIOUS_BADGE(0x9E21, "The previous receipt's badge does not allow it."),
    SEQUENCE_WRONG(0x9E22, "The receipt's number does not follow the previous one."),
    TOTAL_WRONG(0x9E23, "The receipt's total does not follow from the previous one and the price."),
    HISTORY_WRONG(0x9E24, "The receipt's history does not follow from the previous one and this sale."),
    BEHIND(0x9E25, "The machine has forgotten a receipt that this phone knows to be committed."),
    FORKED(0x9E26, "The machine shows another receipt in place of one that was committed with this phone."),

    SALE_OTHER_MACHINE(0x9E30, "The sale names another machine."),
    SALE_OTHER_EMPLOYEE(0x9E31, "The sale names another phone."),
    CREDIT_ABOVE_PRICE(0x9E32, "The sale's credit is higher than its price."),
    TIME_APART(0x9E33, "The clocks of machine and phone differ by more than five minutes."),
    OTHER_RECEIPT(0x9E34, "The receipt to sign or to commit is not the one that was shown."),
    OFFER_FORGED(0x9E35, "The machine has not signed the receipt that it proposes."),

    BADGE_CAP(0x9E40, "Your badge does not reach that far; ask your company for a new one."),
    BADGE_NOT_VALID(0x9E41, "Your badge is not valid at this time; ask your company for a new one."),
    MUST_CONFIRM(0x9E42, "Confirm this price on the phone, then hold it to the machine again."),
    LIMIT_REACHED(0x9E43, "This would go beyond the limit that you set on your phone for a day."),
    LOCKED(0x9E44, "Unlock your phone, then hold it to the machine again."),
    BADGE_REVOKED(0x9E45, "Your company has revoked your badge; ask your company for a new one.");

    private final int word;
    private final String sentence;

    TapStatus(int word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    /** The two status bytes as a number, such as 0x9000. */
    public int word() {
        return word;
    }

    /** For the screen. */
    public String sentence() {
        return sentence;
    }

    public static Optional<TapStatus> of(int word) {
        for (var status : values()) {
            if (status.word == word) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** The sentence of any status word, also of one that is not ours. */
    public static String sentence(int word) {
        return of(word).map(TapStatus::sentence)
                .orElseGet(
                        () -> String.format(Locale.ROOT, "The phone answered %04X, which means nothing here.", word));
    }
}
