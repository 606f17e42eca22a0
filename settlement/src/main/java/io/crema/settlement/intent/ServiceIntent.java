package io.crema.settlement.intent;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.RequestId;
import java.time.Instant;
import java.util.Optional;

/**
 * Ask for service of a machine.
 *
 * @param fault the id of this occurrence of the fault
 * @param evidence hashStruct of the signed batch that proves it
 */
public record ServiceIntent(
        Hash id,
        Hash effect,
        int attempt,
        MachineId machine,
        Hash fault,
        Hash evidence,
        boolean urgent,
        Optional<Instant> deadline)
        implements Intent {

    public RequestId request() {
        return RequestId.of(machine, fault);
    }

    @Override
    public Hash subject() {
        return request().value();
    }

    @Override
    public Optional<Amount> total() {
        return Optional.empty();
    }
}
