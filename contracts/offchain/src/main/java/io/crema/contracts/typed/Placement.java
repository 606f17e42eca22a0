package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;

/**
 * Says which machine, with which key, stands at the end of a channel, and in which token it counts. Signed by the customer.
 *
 * @param channel the rental's channel
 * @param machine the rented machine
 * @param machineKey signs the machine's hello
 * @param token the ERC-20 of the channel
 * @param decimals of the token, for the screen
 * @param validUntil seconds since 1970
 */
public record Placement(
        ChannelId channel, MachineId machine, Address machineKey, Address token, int decimals, long validUntil)
        implements TypedData {
    static final Hash TYPE = TypedData.keccak(
            "Placement(bytes32 channel,bytes32 machine,address machineKey,address token,uint8 decimals,uint64 validUntil)");

    public Placement {
        Unsigned.u8("decimals", decimals);
        Unsigned.u64("validUntil", validUntil);
    }

    @Override
    public Hash structHash() {
        return new Words(7)
                .hash(TYPE)
                .hash(channel.value())
                .hash(machine.value())
                .address(machineKey)
                .address(token)
                .u64(decimals)
                .u64(validUntil)
                .keccak();
    }
}
