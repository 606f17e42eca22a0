package io.crema.ingest.watch;

import io.crema.contracts.value.Address;

/**
 * What is watched, and how. Immutable.
 *
 * @param chainId of the deployment's chain
 * @param paymentProvider stands for the deployment: the checkpoint's key
 * @param deploymentBlock the first block that can hold an event of the contracts
 * @param confirmations a block is published once it and its successors are this many: 1 = the newest block at once
 * @param range how many blocks one step reads at most while far behind the newest
 */
public record Watched(long chainId, Address paymentProvider, long deploymentBlock, int confirmations, int range) {

    public Watched {
        if (deploymentBlock < 1) {
            throw new IllegalArgumentException("contracts are deployed in block 1 or later, got " + deploymentBlock);
        }
        if (confirmations < 1) {
            throw new IllegalArgumentException(
                    "confirmations count the block itself: at least 1, got " + confirmations);
        }
        if (range < 1) {
            throw new IllegalArgumentException("a range has at least 1 block, got " + range);
        }
    }
}
