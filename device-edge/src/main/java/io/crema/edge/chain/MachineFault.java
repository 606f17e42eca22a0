package io.crema.edge.chain;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.RequestId;

/**
 * One occurrence of a fault for which a machine asks for service.
 *
 * @param id of the occurrence
 * @param evidence the struct hash of the telemetry batch that shows it
 */
public record MachineFault(MachineId machine, Hash id, Hash evidence) {

    /**
     * The fault that the platform, too, would see in this batch by the rule of this name: its id is the same, so that both
     * together ask for service once.
     *
     * @param sequence of the telemetry batch
     */
    public static MachineFault of(MachineId machine, String rule, long sequence, Hash batch) {
        var id = new Words(3)
                .hash(machine.value())
                .hash(TypedData.keccak(rule))
                .u64(sequence)
                .keccak();
        return new MachineFault(machine, id, batch);
    }

    public RequestId request() {
        return RequestId.of(machine, id);
    }
}
