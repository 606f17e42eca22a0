package io.crema.edge.node;

/**
 * What became of a {@link Fact} that a machine was told.
 *
 * @param sentence for the log: why it was refused, or what has changed
 */
public record Learned(Result result, String sentence) {

    /** The three ways it can go. */
    public enum Result {
        /** It counts from here on, and after a restart too. */
        TAKEN,
        /** It says nothing new: repeated, or overtaken by what is known. */
        KNOWN,
        /** It cannot be believed, or is not for this machine: worth a warning. */
        REFUSED
    }

    static Learned taken(String sentence) {
        return new Learned(Result.TAKEN, sentence);
    }

    static Learned known() {
        return new Learned(Result.KNOWN, "Nothing new.");
    }

    static Learned refused(String sentence) {
        return new Learned(Result.REFUSED, sentence);
    }
}
