package io.crema.settlement;

import io.crema.contracts.value.Address;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How a sending account is doing.
 *
 * @param balance in wei, as last seen; empty before the first look
 * @param committed what its open transactions may still cost, in wei
 * @param open transactions that are not final
 * @param alarm what somebody has to do about it; empty when nothing
 */
public record AccountStatus(
        Address account, Optional<BigInteger> balance, BigInteger committed, int open, Optional<String> alarm) {}
