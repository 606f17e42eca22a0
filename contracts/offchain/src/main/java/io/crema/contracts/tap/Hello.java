package io.crema.contracts.tap;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;

/**
 * What a machine signs to show that it is there now: both nonces, both sides, and the versions, so that nobody can talk
 * them down. Signed by the machine's key in the payment domain; never sent to the chain.
 *
 * @param offered the highest protocol version of the machine
 * @param chosen the version that the phone chose
 * @param machineNonce 32 fresh random bytes of the machine
 * @param phoneNonce 32 fresh random bytes of the phone
 */
public record Hello(
        int offered,
        int chosen,
        ChannelId channel,
        MachineId machine,
        Address employee,
        Hash machineNonce,
        Hash phoneNonce)
        implements TypedData {
    static final Hash TYPE = TypedData.keccak(
            "Hello(uint8 offered,uint8 chosen,bytes32 channel,bytes32 machine,address employee,bytes32 machineNonce,bytes32 phoneNonce)");

    @Override
    public Hash structHash() {
        return new Words(8)
                .hash(TYPE)
                .u64(offered)
                .u64(chosen)
                .hash(channel.value())
                .hash(machine.value())
                .address(employee)
                .hash(machineNonce)
                .hash(phoneNonce)
                .keccak();
    }
}
