package io.crema.edge.node;

/** Why a machine did not serve; each with the sentence for its screen. */
public enum Refusal {
    /** The phone left the field; hold it to the machine again. */
    TAP_LOST("The phone was taken away too early; hold it to the machine again."),
    /** The phone refused; the outcome's sentence tells why. */
    PHONE_REFUSED("The phone refused."),
    UNKNOWN_PRODUCT("This machine has no such product today."),
    NO_TARIFF("This machine has no tariff in force."),
    NO_CREDIT("The company's credit on this machine is used up; it must be topped up."),
    OFFLINE_TOO_LONG("The machine has been offline for too long to serve safely."),
    COUNT_CAP("The machine has served as many cups as it may while offline."),
    BADGE_FORGED("The badge is not signed by the company that rents this machine."),
    BADGE_REFUSED("The badge does not allow this."),
    SIGNATURE_FORGED("The receipt is not signed by the badge's key."),
    PROTOCOL("The phone does not follow the tap protocol."),
    STOPPED("The machine is out of service."),
    // Journals and wires keep the position: add at the end only.
    AMOUNT_CAP("The machine has sold as much as it may while offline."),
    CLOSING("The company has asked to close its account with this machine; it serves again when that is settled."),
    CLOSED("The company's account with this machine is closed."),
    BEHIND("The machine has lost its memory; somebody who bought here lately must hold a phone to it first."),
    BADGE_REVOKED("The company has withdrawn this badge; ask it for a new one."),
    CLOCK_WRONG("The machine's clock is wrong; it needs a connection to learn the time."),
    DISK_FULL("The machine's memory is full; it serves again when it has a connection and has sent its receipts.");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    TapOutcome.Refused outcome() {
        return new TapOutcome.Refused(this, sentence);
    }

    TapOutcome.Refused because(String more) {
        return new TapOutcome.Refused(this, more);
    }
}
