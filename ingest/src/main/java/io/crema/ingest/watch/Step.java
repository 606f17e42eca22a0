package io.crema.ingest.watch;

/** What one step of the watcher did. */
public sealed interface Step {

    /** The logs of blocks {@code from} to {@code to} are in the log; the chain's newest block is {@code head}. */
    record Published(long from, long to, int records, long head) implements Step {}

    /** There was a reorg: {@code records} logs above block {@code ancestor} were taken back. */
    record Reversed(long ancestor, long from, int records) implements Step {}

    /** Everything up to {@code block} is in the log, and there is nothing more to publish. */
    record UpToDate(long block, long head) implements Step {}

    /** The chain changed while it was read; nothing was published. The next step reads it again. */
    record Moved() implements Step {}

    /** The node would not answer {@code blocks} at once; the next step asks for fewer. */
    record Narrowed(long blocks, String why) implements Step {}

    /** Nothing may be published from this chain as it is now. The sentence says why and what to do. */
    record Refused(Reason reason, String sentence) implements Step {}

    /** Why a chain cannot be published. */
    enum Reason {
        /** The newest block is below what the log knows. */
        BEHIND,
        /** It is not the chain of this deployment. */
        OTHER_CHAIN,
        /** Blocks changed that are final, or below those that can be taken back. */
        DEEP_REORG,
        /** The node does not say which blocks are final. */
        NO_FINALITY
    }
}
