package io.crema.contracts.tap;

/** The reader's side of a contactless link, from a phone's arrival to its loss. */
@FunctionalInterface
public interface TapLink {

    /**
     * Sends one command APDU and returns the response APDU.
     *
     * @throws TapLostException when the phone is gone; the command may or may not have reached it
     */
    byte[] transmit(byte[] apdu) throws TapLostException;
}
