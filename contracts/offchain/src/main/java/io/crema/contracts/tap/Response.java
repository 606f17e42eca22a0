package io.crema.contracts.tap;

import java.util.Arrays;

/**
 * A response APDU: data and a status word.
 *
 * @param data owned by this value; do not change
 * @param word the two status bytes as a number
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Response(byte[] data, int word) {
    /** A whole message: PC/SC stacks put together what comes in parts. */
    private static final int LONGEST = TapProtocol.MOST_MESSAGE + 2;

    public static Response of(TapStatus status) {
        return new Response(new byte[0], status.word());
    }

    public byte[] encode() {
        var bytes = Arrays.copyOf(data, data.length + 2);
        bytes[data.length] = (byte) (word >>> 8);
        bytes[data.length + 1] = (byte) word;
        return bytes;
    }

    /** @throws TapLostException when the bytes are no response: the link is broken */
    public static Response decode(byte[] bytes) throws TapLostException {
        if (bytes.length < 2 || bytes.length > LONGEST) {
            throw new TapLostException("a response has 2 to %d bytes, got %d".formatted(LONGEST, bytes.length));
        }
        var end = bytes.length - 2;
        return new Response(Arrays.copyOf(bytes, end), (bytes[end] & 0xff) << 8 | bytes[end + 1] & 0xff);
    }
}
