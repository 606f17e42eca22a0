package io.crema.simulation.chain;

import io.crema.contracts.value.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which keys sign for an account, as of a block's time. Immutable.
 *
 * @param signer zero = the account's own address
 * @param previousUntil seconds; until then the displaced keys count too
 */
record ActingKeys(long epoch, Address signer, long previousUntil, List<Displaced> displaced) {
    static final ActingKeys OWN = new ActingKeys(0, Address.ZERO, 0, List.of());

    record Displaced(long epoch, Address signer, long until) {}

    ActingKeys {
        displaced = List.copyOf(displaced);
    }

    Address resolved(Address account) {
        return signer.isZero() ? account : signer;
    }

    ActingKeys changed(Address account, long newEpoch, Address newSigner, long now, long overlap) {
        if (now < previousUntil) {
            throw new RevertedException("KeyChangePending(address,uint40)");
        }
        var until = now + overlap;
        return new ActingKeys(newEpoch, newSigner, until, List.of(new Displaced(epoch, resolved(account), until)));
    }

    /** From which epoch on badges by this key count for redemption; empty when the key does not sign for the account. */
    OptionalLong redemptionEpoch(Address account, Address recovered, long now) {
        List<Long> epochs = new ArrayList<>();
        if (recovered.equals(resolved(account))) {
            epochs.add(epoch);
        }
        if (now < previousUntil) {
            displaced.stream()
                    .filter(old -> old.signer().equals(recovered) && now < old.until())
                    .forEach(old -> epochs.add(old.epoch()));
        }
        return epochs.stream().mapToLong(Long::longValue).min();
    }
}
