package io.crema.cli.audit;

import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;

/** A cup that somebody saw poured, and the digest of the receipt that paid for it. */
public record Served(ChannelId channel, long sequence, Hash digest) {}
