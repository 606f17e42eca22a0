package io.crema.ingest;

import java.util.Comparator;
import java.util.List;

/**
 * How the chain watcher is. Immutable.
 *
 * @param sentence for people: what it does or lacks, and what to do
 * @param head the chain's newest block, −1 while not known
 * @param published the highest block whose logs are all in the log, −1 while not known
 */
public record IngestStatus(State state, String sentence, long head, long published) {

    /** From which on a person has to act: {@link #REFUSED}. */
    public enum State {
        /** Has not read the chain yet. */
        STARTING,
        /** Publishes what is already old. */
        CATCHING_UP,
        /** Everything confirmed is published. */
        FOLLOWING,
        /** The chain or the broker is away; tries again. */
        WAITING,
        /** The chain is behind its log, is another one, or changed too deeply: nothing is published until it is right. */
        REFUSED,
        /** Another ingest of the deployment has taken over. */
        SUPERSEDED,
        /** Closed. */
        CLOSED
    }

    private static final List<State> FROM_WORST = List.of(
            State.SUPERSEDED,
            State.REFUSED,
            State.WAITING,
            State.STARTING,
            State.CATCHING_UP,
            State.FOLLOWING,
            State.CLOSED);

    /** The worst of them, with the block up to which all have published. */
    static IngestStatus worst(List<IngestStatus> all) {
        var worst = all.stream()
                .min(Comparator.comparingInt(status -> FROM_WORST.indexOf(status.state())))
                .orElseThrow();
        return new IngestStatus(
                worst.state(),
                worst.sentence(),
                all.stream().mapToLong(IngestStatus::head).max().orElse(-1),
                all.stream().mapToLong(IngestStatus::published).min().orElse(-1));
    }

    /** Whether everything is as it should be. */
    public boolean healthy() {
        return state == State.STARTING || state == State.CATCHING_UP || state == State.FOLLOWING;
    }
}
