package io.crema.edge.node;

import io.crema.contracts.typed.Revocations;
import io.crema.contracts.value.Address;
import io.crema.edge.Provisioning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** Whether a machine takes a fact: the right channel, the right signature, nothing older than what it knows. Pure. */
final class FactCheck {
    static final int MOST_BADGES = 4096;
    static final int MOST_PRODUCTS = 256;

    private static final Instant LAST = Instant.EPOCH.plus(Duration.ofDays(365L * 1_000_000));

    private final Told told;
    private final Provisioning it;

    /** @param it what holds now, with everything told so far */
    FactCheck(Told told, Provisioning it) {
        this.told = told;
        this.it = it;
    }

    Learned judge(Fact fact) {
        return switch (fact) {
            case Fact.Block block -> block(block);
            case Fact.Rented rented -> rented(rented);
            case Fact.ChannelStanding standing -> channel(standing);
            case Fact.CustomerStanding standing -> customer(standing);
            case Fact.Priced priced -> priced(priced);
            case Fact.Placed placed -> placed(placed);
            case Fact.Revoked revoked -> revoked(revoked);
        };
    }

    private Learned block(Fact.Block block) {
        if (block.number() < 0 || !isTime(block.time())) {
            return Learned.refused("Block %d at %s is no block.".formatted(block.number(), block.time()));
        }
        return told.block.filter(known -> known.number() >= block.number()).isPresent()
                ? Learned.known()
                : Learned.taken("Block %d of %s was seen.".formatted(block.number(), block.time()));
    }

    /** A machine that serves a channel goes on with it; another one starts with a new folder and journal. */
    private Learned rented(Fact.Rented rented) {
        return rented.channel().equals(it.channel())
                ? Learned.known()
                : Learned.refused("The machine is rented on channel %s, and serves channel %s; provision it anew."
                        .formatted(rented.channel(), it.channel()));
    }

    private Learned channel(Fact.ChannelStanding standing) {
        if (!standing.channel().equals(it.channel())) {
            return Learned.refused("The standing is of channel %s, this machine serves channel %s."
                    .formatted(standing.channel(), it.channel()));
        }
        if (standing.block() < 0
                || standing.redeemed().exceeds(standing.deposited())
                || standing.challengePeriodMinutes() < 0
                || standing.closeAt().filter(time -> !isTime(time)).isPresent()) {
            return Learned.refused("The channel's standing contradicts itself: " + standing + ".");
        }
        return isNews(told.channel.map(Fact.ChannelStanding::block), standing.block(), told.channel, standing)
                ? Learned.taken("As of block %d the channel has %s deposited, %s redeemed%s."
                        .formatted(
                                standing.block(),
                                standing.deposited(),
                                standing.redeemed(),
                                standing.closed()
                                        ? ", and is closed"
                                        : standing.closeAt()
                                                .map(time -> ", and may be closed from " + time)
                                                .orElse("")))
                : Learned.known();
    }

    private Learned customer(Fact.CustomerStanding standing) {
        if (!standing.customer().equals(it.customer())) {
            return Learned.refused("The standing is of customer %s, this machine serves customer %s."
                    .formatted(standing.customer(), it.customer()));
        }
        if (standing.block() < 0 || standing.epoch() < 0 || standing.epoch() > 0xffff_ffffL) {
            return Learned.refused("The customer's standing is out of range: " + standing + ".");
        }
        return isNews(told.customer.map(Fact.CustomerStanding::block), standing.block(), told.customer, standing)
                ? Learned.taken("As of block %d the customer's epoch is %d, its acting key %s."
                        .formatted(
                                standing.block(),
                                standing.epoch(),
                                standing.signer().isZero() ? it.customer() : standing.signer()))
                : Learned.known();
    }

    /** A block that was replaced has a successor of the same height, which may say something else. */
    private static boolean isNews(Optional<Long> knownBlock, long block, Optional<? extends Fact> known, Fact fact) {
        return knownBlock.filter(height -> height > block).isEmpty()
                && known.filter(fact::equals).isEmpty();
    }

    private Learned priced(Fact.Priced priced) {
        var tariff = priced.tariff().tariff().content();
        if (!tariff.machine().equals(it.machine())) {
            return Learned.refused(
                    "The tariff is for machine %s, this is machine %s.".formatted(tariff.machine(), it.machine()));
        }
        if (!priced.tariff().tariff().isSignedBy(it.payee(), it.domains().payment())) {
            return Learned.refused(
                    "Tariff version %d is not signed by the manufacturer %s.".formatted(tariff.version(), it.payee()));
        }
        if (priced.tariff().prices().size() > MOST_PRODUCTS
                || priced.names().size() > MOST_PRODUCTS
                || priced.names().values().stream()
                        .anyMatch(name -> name.getBytes(StandardCharsets.UTF_8).length > 256)) {
            return Learned.refused("Tariff version %d is too large; at most %d products with names of 256 bytes."
                    .formatted(tariff.version(), MOST_PRODUCTS));
        }
        for (var known : it.tariffs()) {
            var content = known.tariff().content();
            if (content.version() == tariff.version()) {
                return content.equals(tariff)
                        ? Learned.known()
                        : Learned.refused("Tariff version %d is known with other prices or times; a change needs a"
                                        .formatted(tariff.version())
                                + " new version.");
            }
        }
        var highest = it.tariffs().stream()
                .mapToLong(known -> known.tariff().content().version())
                .max()
                .orElse(-1);
        return tariff.version() < highest
                ? Learned.refused("Tariff version %d comes after version %d; a version never falls."
                        .formatted(tariff.version(), highest))
                : Learned.taken("Tariff version %d holds from %s."
                        .formatted(tariff.version(), Instant.ofEpochSecond(tariff.validFrom())));
    }

    private Learned placed(Fact.Placed placed) {
        var placement = placed.placement().content();
        var known = it.placement();
        if (placed.placement().content().equals(known.content()) && isByCustomer(known)) {
            return Learned.known();
        }
        if (!placement.channel().equals(it.channel()) || !placement.machine().equals(it.machine())) {
            return Learned.refused("The placement is for another machine or channel.");
        }
        if (!placement.machineKey().equals(known.content().machineKey())) {
            return Learned.refused("The placement names key %s, this machine has key %s."
                    .formatted(placement.machineKey(), known.content().machineKey()));
        }
        if (!placement.token().equals(it.token()) || placement.decimals() != it.decimals()) {
            return Learned.refused("The placement names another token than the channel's " + it.token() + ".");
        }
        if (!isByCustomer(placed.placement())) {
            return Learned.refused("The placement is not signed by the customer's key " + it.actingKey() + ".");
        }
        return isByCustomer(known) && placement.validUntil() <= known.content().validUntil()
                ? Learned.known()
                : Learned.taken("The placement holds until " + Instant.ofEpochSecond(placement.validUntil()) + ".");
    }

    private boolean isByCustomer(io.crema.contracts.typed.Signed<io.crema.contracts.typed.Placement> placement) {
        Address key = it.actingKey();
        return placement.isSignedBy(key, it.domains().payment());
    }

    private Learned revoked(Fact.Revoked revoked) {
        var list = revoked.list().content();
        if (!list.customer().equals(it.customer())) {
            return Learned.refused("The list of withdrawn badges is of customer %s, this machine serves customer %s."
                    .formatted(list.customer(), it.customer()));
        }
        if (revoked.badges().size() > MOST_BADGES) {
            return Learned.refused("The list names %d withdrawn badges, at most %d fit; raise the epoch instead."
                    .formatted(revoked.badges().size(), MOST_BADGES));
        }
        if (!list.list().equals(Revocations.list(revoked.badges()))
                || new TreeSet<>(revoked.badges()).size() != revoked.badges().size()) {
            return Learned.refused("The withdrawn badges are not those whose hash is signed.");
        }
        if (!revoked.list().isSignedBy(it.actingKey(), it.domains().payment())) {
            return Learned.refused(
                    "The list of withdrawn badges is not signed by the customer's key " + it.actingKey() + ".");
        }
        var known = told.revoked.map(before -> before.list().content());
        if (known.filter(list::equals).isPresent()
                || known.filter(before -> before.version() > list.version()).isPresent()) {
            return Learned.known();
        }
        return known.filter(before -> before.version() == list.version()).isPresent()
                ? Learned.refused(
                        "Version %d of the withdrawn badges is known with other badges.".formatted(list.version()))
                : Learned.taken("%d badges are withdrawn (version %d)."
                        .formatted(revoked.badges().size(), list.version()));
    }

    private static boolean isTime(Instant time) {
        return time.isAfter(Instant.EPOCH) && time.isBefore(LAST);
    }
}
