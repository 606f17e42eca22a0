package io.crema.chain.transactions;

import io.crema.contracts.value.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A transaction that is not final. Immutable.
 *
 * @param nonce in the sending account
 * @param call what it does
 * @param versions every signed version, oldest first; each may still be the one that is mined
 * @param pendingSince when its newest version was signed, or it fell out of a block
 * @param lastSend the last try to broadcast the newest version
 * @param inclusion where it is mined
 */
public record OpenTransaction(
        long nonce,
        Call call,
        List<SignedVersion> versions,
        Instant pendingSince,
        Optional<Send> lastSend,
        Optional<Inclusion> inclusion) {

    /** A try to broadcast. */
    public record Send(Instant at, SendResult result) {}

    /** How far a transaction is. */
    public enum Status {
        PREPARED,
        SENT,
        MINED
    }

    public OpenTransaction {
        versions = List.copyOf(versions);
    }

    public SignedVersion newest() {
        return versions.getLast();
    }

    public boolean hasVersion(Hash transaction) {
        return versions.stream().anyMatch(version -> version.hash().equals(transaction));
    }

    public Status status() {
        if (inclusion.isPresent()) {
            return Status.MINED;
        }
        return lastSend.isPresent() && lastSend.get().result().isHeld() ? Status.SENT : Status.PREPARED;
    }

    OpenTransaction with(SignedVersion version, Instant at) {
        var all = new java.util.ArrayList<>(versions);
        all.add(version);
        return new OpenTransaction(nonce, call, all, at, Optional.empty(), Optional.empty());
    }

    OpenTransaction tried(Hash transaction, Instant at, SendResult result) {
        return newest().hash().equals(transaction)
                ? new OpenTransaction(nonce, call, versions, pendingSince, Optional.of(new Send(at, result)), inclusion)
                : this;
    }

    OpenTransaction mined(Inclusion where) {
        return new OpenTransaction(nonce, call, versions, pendingSince, lastSend, Optional.of(where));
    }

    OpenTransaction reorged(Instant at) {
        return new OpenTransaction(nonce, call, versions, at, Optional.empty(), Optional.empty());
    }
}
