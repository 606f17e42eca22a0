package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import java.math.BigInteger;

/**
 * A manufacturer's offer to rent out a machine; its digest names the rental. Signed by the manufacturer.
 *
 * @param manufacturer the payee
 * @param customer who may accept; zero = anyone
 * @param machine the machine
 * @param terms of the rental
 * @param validUntil seconds since 1970
 * @param nonce cancels this offer; the channel has its lowest bits as index
 */
public record Offer(
        Address manufacturer, Address customer, MachineId machine, Terms terms, long validUntil, BigInteger nonce)
        implements TypedData {
    static final Hash TYPE = TypedData.keccak(
            "Offer(address manufacturer,address customer,bytes32 machine,Terms terms,uint64 validUntil,uint256 nonce)Terms(address token,uint96 minDeposit,uint32 challengePeriod,uint64 minimumTerm,uint32 notice,uint96 downtimePerHour,uint96 downtimeCap,uint96 bond,bytes32 document)");

    private static final BigInteger INDEX = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);

    public Offer {
        Unsigned.u64("validUntil", validUntil);
    }

    /** The index of the channel that this offer opens: the lowest 53 bits of its nonce, which JSON carries exactly. */
    public long channelIndex() {
        return nonce.and(INDEX).longValueExact();
    }

    @Override
    public Hash structHash() {
        return new Words(7)
                .hash(TYPE)
                .address(manufacturer)
                .address(customer)
                .hash(machine.value())
                .hash(terms.structHash())
                .u64(validUntil)
                .unsigned(nonce)
                .keccak();
    }
}
