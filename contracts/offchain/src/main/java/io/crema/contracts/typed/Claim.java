package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;

/**
 * Says which key signs for a machine and which certificate it calls with. Signed by the manufacturer, in the domain of
 * MaintenanceProvider.
 *
 * @param machine names the manufacturer and the serial number
 * @param machineKey the address of the machine's signing key
 * @param certificate SHA-256 of the DER bytes of the machine's TLS certificate
 * @param version never falls: a later claim replaces this one
 */
public record Claim(MachineId machine, Address machineKey, Hash certificate, long version) implements TypedData {
    static final Hash TYPE =
            TypedData.keccak("Claim(bytes32 machine,address machineKey,bytes32 certificate,uint32 version)");

    public Claim {
        Unsigned.u32("version", version);
    }

    @Override
    public Hash structHash() {
        return new Words(5)
                .hash(TYPE)
                .hash(machine.value())
                .address(machineKey)
                .hash(certificate)
                .u64(version)
                .keccak();
    }
}
