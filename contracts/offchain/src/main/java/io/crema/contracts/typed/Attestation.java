package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;

/**
 * What a machine, an oracle or the customer saw. Signed by it.
 *
 * @param machine the machine
 * @param subject the id on chain that it speaks of: a service request, order, shipment or downtime
 * @param verdict {@link Verdict#code()}: what holds
 * @param time seconds since 1970
 * @param evidence hash of what backs it
 */
public record Attestation(MachineId machine, Hash subject, int verdict, long time, Hash evidence) implements TypedData {
    static final Hash TYPE =
            TypedData.keccak("Attestation(bytes32 machine,bytes32 subject,uint8 verdict,uint64 time,bytes32 evidence)");

    public Attestation {
        Unsigned.u8("verdict", verdict);
        Unsigned.u64("time", time);
    }

    @Override
    public Hash structHash() {
        return new Words(6)
                .hash(TYPE)
                .hash(machine.value())
                .hash(subject)
                .u64(verdict)
                .u64(time)
                .hash(evidence)
                .keccak();
    }
}
