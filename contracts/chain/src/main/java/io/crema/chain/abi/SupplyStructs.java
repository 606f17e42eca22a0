package io.crema.chain.abi;

import io.crema.chain.wrappers.SupplyProvider;
import io.crema.contracts.typed.Attestation;
import io.crema.contracts.typed.SupplyAgreement;
import io.crema.contracts.value.Signature;
import java.math.BigInteger;

/** SupplyProvider's structs, as its wrapper names them. Pure. */
public final class SupplyStructs {
    private SupplyStructs() {}

    public static SupplyProvider.SupplyAgreement agreement(SupplyAgreement agreement) {
        return new SupplyProvider.SupplyAgreement(
                agreement.buyer().hex(),
                agreement.supplier().hex(),
                agreement.goods().bytes(),
                agreement.unitPrice().value(),
                BigInteger.valueOf(agreement.maxQuantity()),
                BigInteger.valueOf(agreement.deliveryTime()),
                agreement.penaltyPerDay().value(),
                agreement.penaltyCap().value(),
                BigInteger.valueOf(agreement.inspectionTime()),
                agreement.disputeBond().value(),
                BigInteger.valueOf(agreement.validUntil()),
                agreement.nonce(),
                agreement.document().bytes());
    }

    public static SupplyProvider.Attestation attestation(Attestation attestation) {
        return new SupplyProvider.Attestation(
                attestation.machine().bytes(),
                attestation.subject().bytes(),
                BigInteger.valueOf(attestation.verdict()),
                BigInteger.valueOf(attestation.time()),
                attestation.evidence().bytes());
    }

    public static SupplyProvider.Signature signature(Signature signature) {
        return new SupplyProvider.Signature(signature.r(), signature.vs());
    }
}
