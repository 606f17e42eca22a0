package io.crema.contracts.tap;

/** The card's side of a contactless link: a phone. Not thread-safe unless it says so. */
@FunctionalInterface
public interface ApduHandler {

    /**
     * Answers one command; never throws, whatever the bytes.
     *
     * @param apdu one short command APDU
     * @return the response's data and its two status bytes
     */
    byte[] process(byte[] apdu);

    /** The phone has left the field: whatever was begun in this tap is over. */
    default void deactivated() {}
}
