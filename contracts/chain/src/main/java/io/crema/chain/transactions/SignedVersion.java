package io.crema.chain.transactions;

import io.crema.contracts.value.Hash;

/**
 * One signed form of a transaction; a fee bump makes another with the same nonce.
 *
 * @param hash of the transaction
 * @param raw the signed bytes as they are broadcast
 * @param fees it pays at most
 */
public record SignedVersion(Hash hash, Payload raw, Fees fees) {}
