package io.crema.edge.node;

import io.crema.edge.Provisioning;

/** Where a machine's provisioning comes from. */
@FunctionalInterface
public interface ProvisioningSource {

    /** What holds now: a change made outside is seen by the next call. */
    Provisioning current();
}
