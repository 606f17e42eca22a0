package io.crema.contracts.vectors;

import io.crema.contracts.typed.ServiceAgreement;
import io.crema.contracts.typed.SupplyAgreement;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;

/** The agreements with service providers and suppliers that the vectors are made of. */
final class SampleAgreements {
    static final ServiceAgreement SERVICE = new ServiceAgreement(
            Samples.MANUFACTURER,
            Samples.key("provider").address(),
            Samples.MACHINE,
            Amount.of(80_000_000),
            Amount.of(5_000_000),
            Amount.of(20_000_000),
            Amount.of(4_000_000),
            Amount.of(40_000_000),
            14_400,
            86_400,
            172_800,
            Amount.of(30_000_000),
            Samples.NOON + 604_800,
            BigInteger.valueOf(7),
            TypedData.keccak("service contract"));

    static Samples.Type serviceAgreement() {
        return new Samples.Type(
                "serviceAgreement",
                "ServiceAgreement(address manufacturer,address provider,bytes32 machine,uint96 fee,uint96 bonusPerHour,uint96 bonusCap,uint96 penaltyPerHour,uint96 penaltyCap,uint32 responseTime,uint32 repairTime,uint32 inspectionTime,uint96 disputeBond,uint64 validUntil,uint256 nonce,bytes32 document)",
                "maintenance",
                "provider",
                SERVICE,
                new ServiceAgreement(
                        Address.ZERO,
                        Address.ZERO,
                        ServiceAgreement.ALL_MACHINES,
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.ZERO,
                        0,
                        0,
                        0,
                        Amount.ZERO,
                        0,
                        BigInteger.ZERO,
                        Hash.ZERO),
                new ServiceAgreement(
                        Samples.LAST_ADDRESS,
                        Samples.LAST_ADDRESS,
                        Samples.LAST_MACHINE,
                        Amount.MAX,
                        Amount.MAX,
                        Amount.MAX,
                        Amount.MAX,
                        Amount.MAX,
                        Samples.U32,
                        Samples.U32,
                        Samples.U32,
                        Amount.MAX,
                        Samples.U63,
                        Samples.U256,
                        Samples.LAST_HASH));
    }

    static final SupplyAgreement SUPPLY = new SupplyAgreement(
            Samples.CUSTOMER,
            Samples.key("supplier").address(),
            TypedData.keccak("coffee beans, 1 kg"),
            Amount.of(18_000_000),
            40,
            259_200,
            Amount.of(2_000_000),
            Amount.of(10_000_000),
            86_400,
            Amount.of(15_000_000),
            Samples.NOON + 604_800,
            BigInteger.valueOf(9),
            TypedData.keccak("supply contract"));

    static Samples.Type supplyAgreement() {
        return new Samples.Type(
                "supplyAgreement",
                "SupplyAgreement(address buyer,address supplier,bytes32 goods,uint96 unitPrice,uint32 maxQuantity,uint32 deliveryTime,uint96 penaltyPerDay,uint96 penaltyCap,uint32 inspectionTime,uint96 disputeBond,uint64 validUntil,uint256 nonce,bytes32 document)",
                "supply",
                "supplier",
                SUPPLY,
                new SupplyAgreement(
                        Address.ZERO,
                        Address.ZERO,
                        Hash.ZERO,
                        Amount.ZERO,
                        0,
                        0,
                        Amount.ZERO,
                        Amount.ZERO,
                        0,
                        Amount.ZERO,
                        0,
                        BigInteger.ZERO,
                        Hash.ZERO),
                new SupplyAgreement(
                        Samples.LAST_ADDRESS,
                        Samples.LAST_ADDRESS,
                        Samples.LAST_HASH,
                        Amount.MAX,
                        Samples.U32,
                        Samples.U32,
                        Amount.MAX,
                        Amount.MAX,
                        Samples.U32,
                        Amount.MAX,
                        Samples.U63,
                        Samples.U256,
                        Samples.LAST_HASH));
    }

    private SampleAgreements() {}
}
