package io.crema.edge.body.coffee;

/** What a body remembers of a job. */
public sealed interface Job {
    /** Begun; how it ended nobody knows. */
    record Begun() implements Job {}

    record Poured() implements Job {}

    /** @param reason in plain words */
    record Failed(String reason) implements Job {}

    /** Asked for while the memory could not tell whether it had been begun. */
    record Doubtful() implements Job {}
}
