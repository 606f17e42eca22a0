package io.crema.simulation.edge;

import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;

/** A phone that is taken away at one of its exchanges, before or after it has answered. */
public final class Tap implements TapLink {
    /** It stays until the end. */
    public static final int WHOLE = Integer.MAX_VALUE;

    private final ApduHandler phone;
    private final int tornAt;
    private final boolean afterAnswer;
    private int exchanges;

    public Tap(ApduHandler phone, int tornAt, boolean afterAnswer) {
        this.phone = phone;
        this.tornAt = tornAt;
        this.afterAnswer = afterAnswer;
    }

    @Override
    public byte[] transmit(byte[] apdu) throws TapLostException {
        var number = exchanges++;
        if (number < tornAt) {
            return phone.process(apdu);
        }
        if (number == tornAt && afterAnswer) {
            phone.process(apdu);
        }
        throw new TapLostException("the phone was taken away at exchange " + number);
    }
}
