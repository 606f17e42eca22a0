package io.crema.ingest.gateway.fold;

import io.crema.contracts.value.Address;
import io.crema.events.ActingKeyChanged;
import io.crema.events.ParticipantOnboarded;
import io.crema.events.RolesChanged;
import io.crema.events.SuspensionChanged;
import io.crema.schemas.convert.Convert;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the chain says of an account.
 *
 * @param signer the acting key; zero = the account itself
 */
public record PartyNow(Set<String> roles, boolean suspended, long epoch, Address signer) {
    static final PartyNow NONE = new PartyNow(Set.of(), false, 0, Address.ZERO);

    public PartyNow {
        roles = Set.copyOf(roles);
    }

    static PartyNow after(PartyNow it, SpecificRecord event) {
        return switch (event) {
            case ParticipantOnboarded e -> new PartyNow(Set.copyOf(e.getRoles()), it.suspended, it.epoch, it.signer);
            case RolesChanged e -> new PartyNow(Set.copyOf(e.getRoles()), it.suspended, it.epoch, it.signer);
            case SuspensionChanged e -> new PartyNow(it.roles, e.getSuspended(), it.epoch, it.signer);
            case ActingKeyChanged e ->
                new PartyNow(it.roles, it.suspended, e.getEpoch(), Convert.address(e.getSigner()));
            default -> it;
        };
    }
}
