package io.crema.ingest;

import io.crema.chain.deploy.Contracts;
import io.crema.contracts.value.Address;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contracts of one deployment. Immutable.
 *
 * @param paymentProvider names the deployment: no two share it
 * @param deploymentBlock the first block that can hold an event of the contracts
 */
public record WatchedContracts(
        Address paymentProvider,
        Address identityProvider,
        Address rentalProvider,
        Address maintenanceProvider,
        Address supplyProvider,
        long deploymentBlock) {

    public static WatchedContracts of(Contracts contracts) {
        return new WatchedContracts(
                contracts.paymentProvider(),
                contracts.identityProvider(),
                contracts.rentalProvider(),
                contracts.maintenanceProvider(),
                contracts.supplyProvider(),
                contracts.deploymentBlock());
    }

    public List<Address> all() {
        return Stream.of(paymentProvider, identityProvider, rentalProvider, maintenanceProvider, supplyProvider)
                .filter(contract -> !contract.isZero())
                .distinct()
                .toList();
    }

    /** Without those contracts: deployments may share some, whose events must not be published twice. */
    WatchedContracts without(Collection<Address> others) {
        return new WatchedContracts(
                without(others, paymentProvider),
                without(others, identityProvider),
                without(others, rentalProvider),
                without(others, maintenanceProvider),
                without(others, supplyProvider),
                deploymentBlock);
    }

    private static Address without(Collection<Address> others, Address contract) {
        return others.contains(contract) ? Address.ZERO : contract;
    }
}
