package io.crema.chain.deploy;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.List;
import java.util.Optional;

/**
 * What can be chosen once, at deployment. Immutable.
 *
 * @param token the ERC-20 token of all payments; empty deploys a CremaTestToken, for test chains only
 * @param owners of IdentityProvider; empty = the deploying account alone
 * @param quorum how many owners decide together, from 1 to all of them
 * @param minPeriodMinutes the shortest challenge period of a channel
 * @param maxPeriodMinutes the longest; also for how long a replaced key or epoch stays payable
 * @param salt names the deployment among those of its account: another one gives other addresses
 */
public record DeploymentOptions(
        Optional<Address> token,
        List<Address> owners,
        int quorum,
        int minPeriodMinutes,
        int maxPeriodMinutes,
        Hash salt) {
    private static final int MAX_UINT24 = (1 << 24) - 1;

    /** A test token, the deployer as owner, challenge periods from one minute to 30 days. */
    public static final DeploymentOptions DEFAULT =
            new DeploymentOptions(Optional.empty(), List.of(), 1, 1, 30 * 24 * 60, Hash.ZERO);

    public DeploymentOptions {
        owners = List.copyOf(owners);
        var deciding = Math.max(1, owners.size());
        if (quorum < 1 || quorum > deciding) {
            throw new IllegalArgumentException(
                    "the quorum must be from 1 to the number of owners, " + deciding + ", got " + quorum);
        }
        if (minPeriodMinutes < 1 || minPeriodMinutes > maxPeriodMinutes || maxPeriodMinutes > MAX_UINT24) {
            throw new IllegalArgumentException("challenge periods must be 1 <= min <= max <= " + MAX_UINT24
                    + " minutes, got " + minPeriodMinutes + " to " + maxPeriodMinutes);
        }
    }

    /** The same with its owners named: the account, if none are. */
    DeploymentOptions by(Address account) {
        return owners.isEmpty()
                ? new DeploymentOptions(token, List.of(account), quorum, minPeriodMinutes, maxPeriodMinutes, salt)
                : this;
    }
}
