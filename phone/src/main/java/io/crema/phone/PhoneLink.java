package io.crema.phone;

import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.TapLink;

/** A phone held to a reader in this process: an in-memory link. */
public final class PhoneLink implements TapLink, AutoCloseable {
    private final ApduHandler phone;

    public PhoneLink(ApduHandler phone) {
        this.phone = phone;
    }

    @Override
    public byte[] transmit(byte[] apdu) {
        return phone.process(apdu);
    }

    /** Takes the phone away. */
    @Override
    public void close() {
        phone.deactivated();
    }
}
