package io.crema.contracts.typed;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import java.math.BigInteger;

/**
 * A service provider's terms for repairing a manufacturer's machines; its digest names the agreement. Signed by the
 * provider.
 *
 * @param manufacturer who asks and pays
 * @param provider who repairs
 * @param machine the machine; zero = all machines of the manufacturer
 * @param fee for one request
 * @param bonusPerHour for each whole hour before the repair was due
 * @param bonusCap the most that a request earns beyond the fee
 * @param penaltyPerHour for each hour begun after the repair was due
 * @param penaltyCap the most that a request costs the provider; its stake
 * @param responseTime seconds in which the provider accepts a request
 * @param repairTime seconds from the request to the report of the repair
 * @param inspectionTime seconds in which the manufacturer may dispute a report
 * @param disputeBond what a dispute puts at stake
 * @param validUntil seconds since 1970: the last moment to agree
 * @param nonce cancels these terms
 * @param document hash of the contract's text
 */
public record ServiceAgreement(
        Address manufacturer,
        Address provider,
        MachineId machine,
        Amount fee,
        Amount bonusPerHour,
        Amount bonusCap,
        Amount penaltyPerHour,
        Amount penaltyCap,
        long responseTime,
        long repairTime,
        long inspectionTime,
        Amount disputeBond,
        long validUntil,
        BigInteger nonce,
        Hash document)
        implements TypedData {
    static final Hash TYPE = TypedData.keccak(
            "ServiceAgreement(address manufacturer,address provider,bytes32 machine,uint96 fee,uint96 bonusPerHour,uint96 bonusCap,uint96 penaltyPerHour,uint96 penaltyCap,uint32 responseTime,uint32 repairTime,uint32 inspectionTime,uint96 disputeBond,uint64 validUntil,uint256 nonce,bytes32 document)");

    /** The machine of an agreement for all machines of its manufacturer. */
    public static final MachineId ALL_MACHINES = new MachineId(Hash.ZERO);

    public ServiceAgreement {
        Unsigned.u32("responseTime", responseTime);
        Unsigned.u32("repairTime", repairTime);
        Unsigned.u32("inspectionTime", inspectionTime);
        Unsigned.u64("validUntil", validUntil);
    }

    @Override
    public Hash structHash() {
        return new Words(16)
                .hash(TYPE)
                .address(manufacturer)
                .address(provider)
                .hash(machine.value())
                .amount(fee)
                .amount(bonusPerHour)
                .amount(bonusCap)
                .amount(penaltyPerHour)
                .amount(penaltyCap)
                .u64(responseTime)
                .u64(repairTime)
                .u64(inspectionTime)
                .amount(disputeBond)
                .u64(validUntil)
                .unsigned(nonce)
                .hash(document)
                .keccak();
    }
}
