package io.crema.chain.deploy;

import io.crema.contracts.value.Address;
import java.util.List;
import java.util.Optional;

/**
 * What can be chosen once, at deployment. Immutable.
 *
 * @param token the ERC-20 token of all channels; empty deploys a CremaTestToken, for test chains only
 * @param owners of IdentityProvider; empty = the deploying account alone
 * @param minPeriodMinutes the shortest challenge period of a channel
 * @param maxPeriodMinutes the longest; also for how long a replaced key or epoch stays payable
 */
public record DeploymentOptions(
        Optional<Address> token, List<Address> owners, int minPeriodMinutes, int maxPeriodMinutes) {
    private static final int MAX_UINT24 = (1 << 24) - 1;

    /** A test token, the deployer as owner, challenge periods from one minute to 30 days. */
    public static final DeploymentOptions DEFAULT = new DeploymentOptions(Optional.empty(), List.of(), 1, 30 * 24 * 60);

    public DeploymentOptions {
        owners = List.copyOf(owners);
        if (minPeriodMinutes < 1 || minPeriodMinutes > maxPeriodMinutes || maxPeriodMinutes > MAX_UINT24) {
            throw new IllegalArgumentException("challenge periods must be 1 <= min <= max <= " + MAX_UINT24
                    + " minutes, got " + minPeriodMinutes + " to " + maxPeriodMinutes);
        }
    }
}
