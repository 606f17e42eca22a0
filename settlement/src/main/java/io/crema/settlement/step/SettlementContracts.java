package io.crema.settlement.step;

import io.crema.contracts.value.Address;

/** The contracts that settlement calls. */
public record SettlementContracts(Address paymentProvider, Address maintenanceProvider) {}
