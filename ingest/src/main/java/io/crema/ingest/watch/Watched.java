package io.crema.ingest.watch;

import io.crema.contracts.value.Address;

/**
 * What is watched, and how. Immutable.
 *
 * @param chainId of the deployment's chain
 * @param paymentProvider stands for the deployment: the checkpoint's key
 * @param deploymentBlock the first block that can hold an event of the contracts
 * @param finality from when on a block is published
 * @param range how many blocks one step reads at most while far behind the newest
 * @param logs about how many logs one step reads at most; a block is never divided
 */
public record Watched(
        long chainId, Address paymentProvider, long deploymentBlock, Finality finality, int range, int logs) {

    /** Keeps a transaction and what waits in memory small, and the cost of a commit too. */
    public static final int DEFAULT_LOGS = 10_000;

    /** With confirmations, and {@link #DEFAULT_LOGS}. */
    public Watched(long chainId, Address paymentProvider, long deploymentBlock, int confirmations, int range) {
        this(chainId, paymentProvider, deploymentBlock, new Finality.Confirmations(confirmations), range, DEFAULT_LOGS);
    }

    public Watched {
        if (deploymentBlock < 1) {
            throw new IllegalArgumentException("contracts are deployed in block 1 or later, got " + deploymentBlock);
        }
        if (range < 1) {
            throw new IllegalArgumentException("a range has at least 1 block, got " + range);
        }
        if (logs < 1) {
            throw new IllegalArgumentException("a step reads at least 1 log, got " + logs);
        }
    }
}
