package io.crema.cli.audit;

import io.crema.contracts.value.Address;

/**
 * A key that signs for a customer.
 *
 * @param epoch which its badges need
 * @param until exclusive, in seconds; {@link Long#MAX_VALUE} for the key in force
 */
record Key(Address signer, long epoch, long until) {}
