package io.crema.chain.abi;

import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.contracts.typed.Attestation;
import io.crema.contracts.typed.ServiceAgreement;
import io.crema.contracts.value.Signature;
import java.math.BigInteger;

/** MaintenanceProvider's structs, as its wrapper names them. Pure. */
public final class ServiceStructs {
    private ServiceStructs() {}

    public static MaintenanceProvider.ServiceAgreement agreement(ServiceAgreement agreement) {
        return new MaintenanceProvider.ServiceAgreement(
                agreement.manufacturer().hex(),
                agreement.provider().hex(),
                agreement.machine().bytes(),
                agreement.fee().value(),
                agreement.bonusPerHour().value(),
                agreement.bonusCap().value(),
                agreement.penaltyPerHour().value(),
                agreement.penaltyCap().value(),
                BigInteger.valueOf(agreement.responseTime()),
                BigInteger.valueOf(agreement.repairTime()),
                BigInteger.valueOf(agreement.inspectionTime()),
                agreement.disputeBond().value(),
                BigInteger.valueOf(agreement.validUntil()),
                agreement.nonce(),
                agreement.document().bytes());
    }

    public static MaintenanceProvider.Attestation attestation(Attestation attestation) {
        return new MaintenanceProvider.Attestation(
                attestation.machine().bytes(),
                attestation.subject().bytes(),
                BigInteger.valueOf(attestation.verdict()),
                BigInteger.valueOf(attestation.time()),
                attestation.evidence().bytes());
    }

    public static MaintenanceProvider.Signature signature(Signature signature) {
        return new MaintenanceProvider.Signature(signature.r(), signature.vs());
    }
}
