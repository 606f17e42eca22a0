package io.crema.chain.transactions;

import java.math.BigInteger;

/**
 * What gas costs now, in wei.
 *
 * @param baseFee of the newest block
 * @param priority what the node suggests to add
 */
public record FeeQuote(BigInteger baseFee, BigInteger priority) {}
