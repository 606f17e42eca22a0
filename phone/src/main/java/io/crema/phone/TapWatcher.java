package io.crema.phone;

import io.crema.contracts.tap.TapStatus;

/** Told how a tap went, for the phone's screen, by the thread that answers the reader. Must return quickly. */
public interface TapWatcher {
    TapWatcher NOBODY = new TapWatcher() {};

    /** The wallet refused to go on. */
    default void refused(TapStatus status) {}

    /** A signature is about to leave the phone. */
    default void signed(OwnReceipt receipt) {}

    /** The machine has the receipt and pours. */
    default void committed(OwnReceipt receipt) {}

    /** The wallet itself failed; the machine was told {@link TapStatus#FAULT}. */
    default void failed(RuntimeException fault) {}
}
