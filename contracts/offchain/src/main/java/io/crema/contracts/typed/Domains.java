package io.crema.contracts.typed;

import io.crema.contracts.value.Address;

/**
 * The domains of one deployment.
 *
 * @param payment of PaymentProvider: receipts, badges, placements, tariffs, failures, revocations
 * @param rental of RentalProvider: offers and acceptances
 * @param maintenance of MaintenanceProvider: attestations, telemetry batches and claims
 */
public record Domains(Domain payment, Domain rental, Domain maintenance) {

    public static Domains of(
            long chainId, Address paymentProvider, Address rentalProvider, Address maintenanceProvider) {
        return new Domains(
                new Domain(chainId, paymentProvider),
                new Domain(chainId, rentalProvider),
                new Domain(chainId, maintenanceProvider));
    }
}
