package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;

/**
 * A supplier's terms for delivering goods, or the machine itself; its digest names the agreement. Signed by the
 * supplier.
 *
 * @param buyer a customer or a manufacturer: orders and pays
 * @param supplier who delivers
 * @param goods hash of what is delivered
 * @param unitPrice of one unit
 * @param maxQuantity the most units in one order
 * @param deliveryTime seconds from the order to its delivery
 * @param penaltyPerDay for each day begun after the delivery was due
 * @param penaltyCap the most that a shipment loses
 * @param inspectionTime seconds in which the buyer may dispute an arrival
 * @param disputeBond what a dispute puts at stake
 * @param validUntil seconds since 1970: the last moment to agree
 * @param nonce cancels these terms
 * @param document hash of the contract's text
 */
public record SupplyAgreement(
        Address buyer,
        Address supplier,
        Hash goods,
        Amount unitPrice,
        long maxQuantity,
        long deliveryTime,
        Amount penaltyPerDay,
        Amount penaltyCap,
        long inspectionTime,
        Amount disputeBond,
        long validUntil,
        BigInteger nonce,
        Hash document)
        implements TypedData {
    static final Hash TYPE = TypedData.keccak(
            "SupplyAgreement(address buyer,address supplier,bytes32 goods,uint96 unitPrice,uint32 maxQuantity,uint32 deliveryTime,uint96 penaltyPerDay,uint96 penaltyCap,uint32 inspectionTime,uint96 disputeBond,uint64 validUntil,uint256 nonce,bytes32 document)");

    public SupplyAgreement {
        Unsigned.u32("maxQuantity", maxQuantity);
        Unsigned.u32("deliveryTime", deliveryTime);
        Unsigned.u32("inspectionTime", inspectionTime);
        Unsigned.u64("validUntil", validUntil);
    }

    @Override
    public Hash structHash() {
        return new Words(14)
                .hash(TYPE)
                .address(buyer)
                .address(supplier)
                .hash(goods)
                .amount(unitPrice)
                .u64(maxQuantity)
                .u64(deliveryTime)
                .amount(penaltyPerDay)
                .amount(penaltyCap)
                .u64(inspectionTime)
                .amount(disputeBond)
                .u64(validUntil)
                .unsigned(nonce)
                .hash(document)
                .keccak();
    }
}
