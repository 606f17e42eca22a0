package io.crema.edge.body.chip;

/** A driver for one measuring chip, or one channel of it. Not thread-safe; a read never waits for a conversion. */
public interface Chip {

    /** Takes what the chip has measured, and moves its set-up or its next conversion on. */
    Measurement read();

    /** What a chip says. */
    sealed interface Measurement {
        /** A fresh value in the quantity's unit. */
        record Value(double value) implements Measurement {}

        /** Nothing new yet; a later read brings it. */
        record NotReady() implements Measurement {}

        /**
         * Nothing that it could say would be true.
         *
         * @param why in plain words
         */
        record Faulty(String why) implements Measurement {}
    }
}
