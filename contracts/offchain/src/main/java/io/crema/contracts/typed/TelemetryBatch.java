package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;

/**
 * A machine's readings and events, linked to the batch before. Signed by the machine.
 *
 * @param machine the machine
 * @param sequence counts from 1 without gaps
 * @param previous struct hash of the batch before; zero for the first
 * @param body Keccak-256 of the body's bytes
 */
public record TelemetryBatch(MachineId machine, long sequence, Hash previous, Hash body) implements TypedData {
    static final Hash TYPE =
            TypedData.keccak("TelemetryBatch(bytes32 machine,uint64 sequence,bytes32 previous,bytes32 body)");

    public TelemetryBatch {
        Unsigned.u64("sequence", sequence);
    }

    @Override
    public Hash structHash() {
        return new Words(5)
                .hash(TYPE)
                .hash(machine.value())
                .u64(sequence)
                .hash(previous)
                .hash(body)
                .keccak();
    }
}
