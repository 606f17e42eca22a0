package io.crema.cli.audit;

/**
 * One of the system's invariants, judged.
 *
 * @param id its number in docs/protocol.md
 * @param detail what was compared, with figures; for a violation the first difference
 */
public record Invariant(int id, boolean holds, String detail) {

    static Invariant holds(int id, String detail) {
        return new Invariant(id, true, detail);
    }

    static Invariant broken(int id, String detail) {
        return new Invariant(id, false, detail);
    }
}
