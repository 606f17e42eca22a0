package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;

/**
 * What a machine's products cost. Signed by the manufacturer.
 *
 * @param machine where it holds
 * @param version never falls
 * @param validFrom seconds since 1970
 * @param items Merkle root of (product, price), see {@link TariffItems}
 */
public record Tariff(MachineId machine, long version, long validFrom, Hash items) implements TypedData {
    static final Hash TYPE = TypedData.keccak("Tariff(bytes32 machine,uint32 version,uint64 validFrom,bytes32 items)");

    public Tariff {
        Unsigned.u32("version", version);
        Unsigned.u64("validFrom", validFrom);
    }

    @Override
    public Hash structHash() {
        return new Words(5)
                .hash(TYPE)
                .hash(machine.value())
                .u64(version)
                .u64(validFrom)
                .hash(items)
                .keccak();
    }
}
