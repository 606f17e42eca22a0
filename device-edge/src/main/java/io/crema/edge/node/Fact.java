package io.crema.edge.node;

import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a machine is told from outside. What the chain says is a standing as of a block: a later block's replaces
 * an earlier one's, and hearing it again changes nothing. What a party says carries its signature and is checked against
 * it, whoever brought it.
 */
public sealed interface Fact {

    /**
     * The chain was seen at this block by an authenticated source.
     *
     * @param time of the block
     */
    record Block(long number, Instant time) implements Fact {}

    /**
     * The machine was rented: the two ends of the channel that it serves, from which its id follows. A machine that was
     * never told so serves nobody.
     *
     * @param block as of
     * @param payee the manufacturer
     * @param index of the channel between the two
     */
    record Rented(long block, Address customer, Address payee, long index) implements Fact {
        public ChannelId channel() {
            return ChannelId.of(customer, payee, index);
        }
    }

    /**
     * Where the channel stands on chain.
     *
     * @param block as of
     * @param deposited all deposits so far, in the smallest unit
     * @param redeemed all redemptions so far
     * @param closeAt from when the customer may close; empty without a request
     * @param closed whether it has been closed
     */
    record ChannelStanding(
            long block,
            ChannelId channel,
            Amount deposited,
            Amount redeemed,
            int challengePeriodMinutes,
            Optional<Instant> closeAt,
            boolean closed)
            implements Fact {}

    /**
     * What the customer's slot on chain says.
     *
     * @param block as of
     * @param epoch badges of earlier ones are refused
     * @param signer the acting key; zero = the customer's own address
     */
    record CustomerStanding(long block, Address customer, long epoch, Address signer) implements Fact {}

    /** A tariff of the manufacturer with its prices, and names for screens. */
    record Priced(Provisioning.PricedTariff tariff, Map<ProductId, String> names) implements Fact {
        public Priced {
            names = Map.copyOf(names);
        }
    }

    /** The customer's word on which machine serves its channel, and with which key. */
    record Placed(Signed<Placement> placement) implements Fact {}

    /**
     * The customer's list of badges that machines shall refuse.
     *
     * @param badges their digests, ascending, as the list's hash binds them
     */
    record Revoked(Signed<Revocations> list, List<Hash> badges) implements Fact {
        public Revoked {
            badges = List.copyOf(badges);
        }
    }
}
