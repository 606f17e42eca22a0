package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;

/**
 * The rental's terms, part of its offer.
 *
 * @param token the payment token
 * @param minDeposit the customer's least deposit
 * @param challengePeriod seconds between a close request and its window; whole minutes
 * @param minimumTerm seconds
 * @param notice seconds
 * @param downtimePerHour the customer's credit per hour of downtime
 * @param downtimeCap its limit
 * @param bond the manufacturer's, behind the downtime credit
 * @param document hash of the contract's text
 */
public record Terms(
        Address token,
        Amount minDeposit,
        long challengePeriod,
        long minimumTerm,
        long notice,
        Amount downtimePerHour,
        Amount downtimeCap,
        Amount bond,
        Hash document)
        implements TypedData {
    static final Hash TYPE = TypedData.keccak(
            "Terms(address token,uint96 minDeposit,uint32 challengePeriod,uint64 minimumTerm,uint32 notice,uint96 downtimePerHour,uint96 downtimeCap,uint96 bond,bytes32 document)");

    public Terms {
        Unsigned.u32("challengePeriod", challengePeriod);
        Unsigned.u64("minimumTerm", minimumTerm);
        Unsigned.u32("notice", notice);
    }

    @Override
    public Hash structHash() {
        return new Words(10)
                .hash(TYPE)
                .address(token)
                .amount(minDeposit)
                .u64(challengePeriod)
                .u64(minimumTerm)
                .u64(notice)
                .amount(downtimePerHour)
                .amount(downtimeCap)
                .amount(bond)
                .hash(document)
                .keccak();
    }
}
