package io.crema.contracts.tap;

/** The other side answered with a refusal: a status word other than 9000. */
public final class TapRefusedException extends Exception {
    private final int statusWord;

    public TapRefusedException(int statusWord) {
        super(TapStatus.sentence(statusWord));
        this.statusWord = statusWord;
    }

    public TapRefusedException(TapStatus status) {
        this(status.word());
    }

    public int statusWord() {
        return statusWord;
    }
}
