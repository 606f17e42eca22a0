package io.crema.contracts.tap;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;

/**
 * HELLO, the machine's part: who stands here and which channel pays. 113 bytes.
 *
 * @param offered the highest protocol version of the machine
 * @param customer who pays; with payee and index it makes the channel
 * @param payee the manufacturer
 * @param index of the channel between the two
 * @param nonce 32 fresh random bytes
 */
public record Greeting(int offered, Address customer, Address payee, long index, MachineId machine, Hash nonce) {

    public ChannelId channel() {
        return ChannelId.of(customer, payee, index);
    }

    public byte[] encode() {
        return new ByteWriter()
                .u8(offered)
                .address(customer)
                .address(payee)
                .u64(index)
                .hash(machine.value())
                .hash(nonce)
                .toBytes();
    }

    public static Greeting decode(byte[] bytes) {
        return ByteReader.whole(
                bytes,
                in -> new Greeting(in.u8(), in.address(), in.address(), in.u64(), new MachineId(in.hash()), in.hash()));
    }

    /**
     * HELLO, the phone's part. 117 bytes.
     *
     * @param chosen the version to speak: the highest that both know
     * @param employee the phone's key for this company
     * @param nonce 32 fresh random bytes
     * @param placement struct hash of the placement that the phone already holds, zero for none
     * @param tariff struct hash of the tariff that the phone already holds, zero for none
     */
    public record Answer(int chosen, Address employee, Hash nonce, Hash placement, Hash tariff) {

        public byte[] encode() {
            return new ByteWriter()
                    .u8(chosen)
                    .address(employee)
                    .hash(nonce)
                    .hash(placement)
                    .hash(tariff)
                    .toBytes();
        }

        public static Answer decode(byte[] bytes) {
            return ByteReader.whole(bytes, in -> new Answer(in.u8(), in.address(), in.hash(), in.hash(), in.hash()));
        }
    }
}
