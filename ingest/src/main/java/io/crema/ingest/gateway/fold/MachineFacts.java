package io.crema.ingest.gateway.fold;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.events.BadgesRevoked;
import io.crema.events.MachinePlaced;
import io.crema.events.TariffRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that one machine shall know.
 *
 * @param chain the highest block that anything here is as of; −1 when the chain has told nothing
 * @param rental the newest, with its block
 * @param channels the newest rental's first
 */
public record MachineFacts(
        long chain,
        Optional<Rental> rental,
        List<Channel> channels,
        Optional<Customer> customer,
        List<TariffRecord> tariffs,
        Optional<MachinePlaced> placement,
        Optional<BadgesRevoked> revocations,
        Optional<Block> block) {

    public MachineFacts {
        channels = List.copyOf(channels);
        tariffs = List.copyOf(tariffs);
    }

    /** A channel as of a block. */
    public record Channel(ChannelId channel, long block, ChannelNow now) {}

    /** A customer as of a block. */
    public record Customer(Address account, long block, PartyNow now) {}

    /** The newest block whose events are all folded. */
    public record Block(long number, Instant time) {}
}
