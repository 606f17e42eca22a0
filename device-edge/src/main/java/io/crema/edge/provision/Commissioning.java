package io.crema.edge.provision;

import io.crema.contracts.typed.Domains;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning;
import io.crema.edge.Provisioning.PricedTariff;
import io.crema.edge.node.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine that was made and serves nobody yet: gathers facts until they tell all that it must know to serve. What is
 * signed is checked; what belongs to another machine, key or manufacturer is left out. Facts may come in any order and more
 * than once. Not thread-safe.
 */
public final class Commissioning {
    private static final int MOST = 16;

    private final String serial;
    private final MachineId machine;
    private final Address manufacturer;
    private final Address machineKey;
    private final Domains domains;
    private Fact.@Nullable Rented rented;
    private final Map<ChannelId, Fact.ChannelStanding> channels = new LinkedHashMap<>();
    private final Map<Address, Fact.CustomerStanding> customers = new LinkedHashMap<>();
    private final List<Fact.Placed> placements = new ArrayList<>();
    private final TreeMap<Long, PricedTariff> tariffs = new TreeMap<>();
    private final Map<ProductId, String> names = new HashMap<>();

    public Commissioning(String serial, Address manufacturer, Address machineKey, Domains domains) {
        this.serial = serial;
        this.machine = MachineId.of(manufacturer, serial);
        this.manufacturer = manufacturer;
        this.machineKey = machineKey;
        this.domains = domains;
    }

    /** Takes what is about this machine. */
    public void learn(Fact fact) {
        switch (fact) {
            case Fact.Rented it -> {
                if (it.payee().equals(manufacturer) && (rented == null || it.block() >= rented.block())) {
                    rented = it;
                }
            }
            case Fact.ChannelStanding it -> put(channels, it.channel(), it);
            case Fact.CustomerStanding it -> put(customers, it.customer(), it);
            case Fact.Placed it -> {
                var placement = it.placement().content();
                if (placement.machine().equals(machine)
                        && placement.machineKey().equals(machineKey)) {
                    placements.remove(it);
                    placements.addLast(it);
                    if (placements.size() > MOST) {
                        placements.removeFirst();
                    }
                }
            }
            case Fact.Priced it -> {
                var tariff = it.tariff().tariff();
                if (tariff.content().machine().equals(machine) && tariff.isSignedBy(manufacturer, domains.payment())) {
                    tariffs.put(tariff.content().version(), it.tariff());
                    names.putAll(it.names());
                    if (tariffs.size() > MOST) {
                        tariffs.pollFirstEntry();
                    }
                }
            }
            case Fact.Block _, Fact.Revoked _ -> {
                // the node learns them when it serves
            }
        }
    }

    /** What the machine shall serve by, once all of it is known. */
    public Optional<Provisioning> complete() {
        var rental = rented;
        var standing = standing();
        var placement = placement();
        if (rental == null || standing.isEmpty() || placement.isEmpty() || tariffs.isEmpty()) {
            return Optional.empty();
        }
        var slot = Optional.ofNullable(customers.get(rental.customer()));
        var placed = placement.get().placement();
        return Optional.of(new Provisioning(
                machine,
                serial,
                domains,
                rental.customer(),
                manufacturer,
                rental.index(),
                placed.content().token(),
                placed.content().decimals(),
                standing.get().deposited(),
                standing.get().challengePeriodMinutes(),
                placed,
                List.copyOf(tariffs.values()),
                names,
                slot.map(Fact.CustomerStanding::epoch).orElse(0L),
                slot.map(Fact.CustomerStanding::signer).orElse(Address.ZERO)));
    }

    /** What is still missing, as a sentence; empty when nothing is. */
    public String missing() {
        var missing = new ArrayList<String>();
        if (rented == null) {
            missing.add("a rental");
        }
        if (rented != null && standing().isEmpty()) {
            missing.add("its channel's standing on chain");
        }
        if (placement().isEmpty()) {
            missing.add("the customer's placement");
        }
        if (tariffs.isEmpty()) {
            missing.add("the manufacturer's tariff");
        }
        return missing.isEmpty()
                ? ""
                : "The machine waits to be claimed and placed; still missing: %s."
                        .formatted(String.join(", ", missing));
    }

    private Optional<Fact.ChannelStanding> standing() {
        return Optional.ofNullable(rented)
                .flatMap(it -> Optional.ofNullable(channels.get(it.channel())))
                .filter(it -> !it.closed());
    }

    /** The newest that the customer signed for the channel. */
    private Optional<Fact.Placed> placement() {
        var rental = rented;
        if (rental == null) {
            return Optional.empty();
        }
        var slot = Optional.ofNullable(customers.get(rental.customer()));
        var signer = slot.map(Fact.CustomerStanding::signer)
                .filter(it -> !it.isZero())
                .orElse(rental.customer());
        return placements.reversed().stream()
                .filter(it -> it.placement().content().channel().equals(rental.channel())
                        && it.placement().isSignedBy(signer, domains.payment()))
                .findFirst();
    }

    private static <K, V> void put(Map<K, V> map, K key, V value) {
        map.put(key, value);
        if (map.size() > MOST) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
