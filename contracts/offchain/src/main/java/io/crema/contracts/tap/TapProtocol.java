package io.crema.contracts.tap;

import io.crema.contracts.value.Hex;

/** Constants of tap protocol v1 (docs/protocol.md, "Tap protocol"). */
public final class TapProtocol {
    /** The highest version that this code speaks. */
    public static final int VERSION = 1;

    /** The most data bytes in one command or response: what Android phones and PN532 readers pass safely. */
    public static final int MOST_DATA = 240;

    /** The most bytes of one message over all of its chained blocks. */
    public static final int MOST_MESSAGE = 4096;

    /** How far a sale's time may be from the phone's clock, in seconds. */
    public static final long CLOCK_TOLERANCE_SECONDS = 300;

    public static final int CLA_ISO = 0x00;
    public static final int CLA_CREMA = 0x80;

    /** In the class byte: further blocks of this command follow (ISO 7816-4, command chaining). */
    public static final int CLA_CHAINED = 0x10;

    public static final int SELECT = 0xA4;
    public static final int GET_RESPONSE = 0xC0;
    public static final int HELLO = 0x10;
    public static final int PROVE = 0x12;
    public static final int PUT = 0x14;
    public static final int SIGN = 0x16;
    public static final int COMMIT = 0x18;

    private TapProtocol() {}

    /** The application's identifier: F0, then "CREMA", then 01. */
    public static byte[] aid() {
        return Hex.decode("aid", "f04352454d4101");
    }
}
