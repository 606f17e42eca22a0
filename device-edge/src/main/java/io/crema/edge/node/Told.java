package io.crema.edge.node;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning;
import io.crema.edge.Provisioning.PricedTariff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that a machine was told since it was provisioned: the fold of the facts that it took. Not thread-safe. */
final class Told {
    /** How many tariffs are kept; the lowest versions go first. */
    static final int TARIFFS = 16;

    Optional<Fact.Block> block = Optional.empty();
    Optional<Fact.ChannelStanding> channel = Optional.empty();
    Optional<Fact.CustomerStanding> customer = Optional.empty();
    Optional<Fact.Placed> placed = Optional.empty();
    Optional<Fact.Revoked> revoked = Optional.empty();
    final TreeMap<Long, Fact.Priced> tariffs = new TreeMap<>();
    private Set<Hash> badges = Set.of();

    void apply(Fact fact) {
        switch (fact) {
            case Fact.Block it -> block = Optional.of(it);
            case Fact.Rented _ -> {
                // which channel it serves is the provisioning's
            }
            case Fact.ChannelStanding it -> channel = Optional.of(it);
            case Fact.CustomerStanding it -> customer = Optional.of(it);
            case Fact.Placed it -> placed = Optional.of(it);
            case Fact.Revoked it -> {
                revoked = Optional.of(it);
                badges = new HashSet<>(it.badges());
            }
            case Fact.Priced it -> {
                tariffs.put(it.tariff().tariff().content().version(), it);
                if (tariffs.size() > TARIFFS) {
                    tariffs.pollFirstEntry();
                }
            }
        }
    }

    boolean isRevoked(Hash badge) {
        return badges.contains(badge);
    }

    /** As facts again. */
    List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        block.ifPresent(facts::add);
        channel.ifPresent(facts::add);
        customer.ifPresent(facts::add);
        placed.ifPresent(facts::add);
        revoked.ifPresent(facts::add);
        facts.addAll(tariffs.values());
        return facts;
    }

    /** What was provisioned, with what was told since. */
    Provisioning over(Provisioning base) {
        var standing = channel.filter(it -> it.channel().equals(base.channel()));
        var slot = customer.filter(it -> it.customer().equals(base.customer()));
        var placement = placed.map(Fact.Placed::placement)
                .filter(it -> it.content().channel().equals(base.channel())
                        && it.content().machine().equals(base.machine()))
                .orElse(base.placement());
        Map<Long, PricedTariff> priced = new TreeMap<>();
        Map<ProductId, String> names = new HashMap<>(base.productNames());
        base.tariffs().forEach(it -> priced.put(it.tariff().content().version(), it));
        for (var it : tariffs.values()) {
            if (it.tariff().tariff().content().machine().equals(base.machine())) {
                priced.putIfAbsent(it.tariff().tariff().content().version(), it.tariff());
                names.putAll(it.names());
            }
        }
        return base.with(
                standing.map(Fact.ChannelStanding::deposited).orElse(base.deposited()),
                standing.map(Fact.ChannelStanding::challengePeriodMinutes).orElse(base.challengePeriodMinutes()),
                placement,
                List.copyOf(priced.values()),
                names,
                slot.map(Fact.CustomerStanding::epoch).orElse(base.epoch()),
                slot.map(Fact.CustomerStanding::signer).orElse(base.signer()));
    }
}
