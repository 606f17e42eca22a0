package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;

/**
 * One cup: hashed into the receipt's history, never signed or sent to the chain alone.
 *
 * @param machine where it was served
 * @param product what was served
 * @param price as the tariff says
 * @param credit what an earlier failure gives back, at most the price
 * @param employee the key that signs
 * @param tariff the tariff's version
 * @param time the machine's clock, seconds since 1970
 * @param salt fresh random bytes, so that a history gives nothing away
 */
public record Sale(
        MachineId machine,
        ProductId product,
        Amount price,
        Amount credit,
        Address employee,
        long tariff,
        long time,
        Hash salt)
        implements TypedData {
    static final Hash TYPE = TypedData.keccak(
            "Sale(bytes32 machine,bytes32 product,uint96 price,uint96 credit,address employee,uint32 tariff,uint64 time,bytes32 salt)");

    public Sale {
        Unsigned.u32("tariff", tariff);
        Unsigned.u64("time", time);
    }

    @Override
    public Hash structHash() {
        return new Words(9)
                .hash(TYPE)
                .hash(machine.value())
                .hash(product.value())
                .amount(price)
                .amount(credit)
                .address(employee)
                .u64(tariff)
                .u64(time)
                .hash(salt)
                .keccak();
    }
}
