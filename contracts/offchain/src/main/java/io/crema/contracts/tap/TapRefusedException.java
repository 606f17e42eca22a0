package io.crema.contracts.tap;

import java.util.OptionalLong;

/** The other side answered with a refusal: a status word other than 9000. */
public final class TapRefusedException extends Exception {
    private static final int TIME_LENGTH = 8;

    private final int statusWord;
    private final byte[] data;

    public TapRefusedException(int statusWord) {
        this(statusWord, new byte[0]);
    }

    TapRefusedException(int statusWord, byte[] data) {
        super(TapStatus.sentence(statusWord));
        this.statusWord = statusWord;
        this.data = data;
    }

    /** {@link TapStatus#TIME_APART} with the phone's own time, so that a machine without a clock can propose it. */
    public static TapRefusedException timeApart(long seconds) {
        return new TapRefusedException(
                TapStatus.TIME_APART.word(), new ByteWriter().u64(seconds).toBytes());
    }

    public TapRefusedException(TapStatus status) {
        this(status.word());
    }

    public int statusWord() {
        return statusWord;
    }

    /** What came with the status word; empty but for {@link TapStatus#TIME_APART}. A copy. */
    public byte[] data() {
        return data.clone();
    }

    /** The phone's time in seconds since 1970, where it refused for the time and told its own. */
    public OptionalLong phoneTime() {
        return statusWord == TapStatus.TIME_APART.word() && data.length == TIME_LENGTH && data[0] >= 0
                ? OptionalLong.of(new ByteReader(data).u64())
                : OptionalLong.empty();
    }
}
