package io.crema.contracts.tap;

import java.util.Arrays;
import java.util.Optional;

/**
 * A short command APDU (ISO 7816-4): class, instruction, two parameters, up to 240 data bytes.
 *
 * @param data owned by this value; do not change
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied at the border would cost each tap
public record Command(int cla, int ins, int p1, int p2, byte[] data) {
    private static final int HEADER = 4;

    public Command {
        if (data.length > TapProtocol.MOST_DATA) {
            throw new MessageFormatException(
                    "a command carries at most %d bytes, got %d".formatted(TapProtocol.MOST_DATA, data.length));
        }
    }

    /** The bytes on the air: header, Lc and data where there are any, Le = 0 (as much as there is). */
    public byte[] encode() {
        var hasData = data.length > 0;
        var bytes = new byte[HEADER + (hasData ? 1 + data.length : 0) + 1];
        bytes[0] = (byte) cla;
        bytes[1] = (byte) ins;
        bytes[2] = (byte) p1;
        bytes[3] = (byte) p2;
        if (hasData) {
            bytes[HEADER] = (byte) data.length;
            System.arraycopy(data, 0, bytes, HEADER + 1, data.length);
        }
        return bytes;
    }

    /** Empty when the bytes are no short command APDU or carry more than 240 bytes. */
    public static Optional<Command> decode(byte[] apdu) {
        if (apdu.length < HEADER) {
            return Optional.empty();
        }
        var data = new byte[0];
        if (apdu.length > HEADER + 1) {
            var length = apdu[HEADER] & 0xff;
            var rest = apdu.length - HEADER - 1;
            if (length == 0 || length > TapProtocol.MOST_DATA || (rest != length && rest != length + 1)) {
                return Optional.empty();
            }
            data = Arrays.copyOfRange(apdu, HEADER + 1, HEADER + 1 + length);
        }
        return Optional.of(new Command(apdu[0] & 0xff, apdu[1] & 0xff, apdu[2] & 0xff, apdu[3] & 0xff, data));
    }
}
