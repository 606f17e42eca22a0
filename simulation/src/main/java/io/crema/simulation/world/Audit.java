package io.crema.simulation.world;

import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.ChannelBalance;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Invariant 7: the log's events, with what was taken back left out, are the chain's; and so are the balances. Pure. */
final class Audit {
    private static final int ORIGIN = 1;

    private Audit() {}

    /** The first difference; empty when they agree. */
    static String difference(World world) {
        var told = new LinkedHashSet<String>();
        for (var topic : new Topic[] {Topic.CHAIN_CHANNELS, Topic.CHAIN_PARTIES}) {
            for (var event : new Tail(world.log, topic).fresh(SpecificRecord.class)) {
                var name = name((Origin) event.get(ORIGIN));
                if (event instanceof LogReversed ? !told.remove(name) : !told.add(name)) {
                    return "invariant 7: log %s is %s"
                            .formatted(
                                    name, event instanceof LogReversed ? "taken back, but not there" : "there twice");
                }
            }
        }
        Set<String> there = world.chain.logs();
        if (!told.equals(there)) {
            return "invariant 7: the log has %d chain events, the chain has %d, %d of them are the same"
                    .formatted(
                            told.size(),
                            there.size(),
                            there.stream().filter(told::contains).count());
        }
        return balances(world);
    }

    private static String balances(World world) {
        Map<ChannelId, ChannelBalance> newest = new HashMap<>();
        new Tail(world.log, Topic.BALANCES)
                .fresh(ChannelBalance.class)
                .forEach(balance -> newest.put(Convert.channel(balance.getChannel()), balance));
        var state = world.chain.state(world.chain.head());
        for (var machine : world.machines) {
            var channel = machine.rented.channel;
            var slot = state.channel(channel);
            var balance = newest.get(channel);
            if (balance == null
                    || !Convert.amount(balance.getDeposited()).equals(slot.deposited())
                    || !Convert.amount(balance.getRedeemed()).equals(slot.redeemed())
                    || balance.getWaitingReceipts() != 0 && !slot.isClosed()) {
                return "invariant 7: the balance of channel %s is %s, the chain has %s"
                        .formatted(channel, balance, slot);
            }
        }
        return "";
    }

    private static String name(Origin origin) {
        return Hash.of(origin.getBlockHash().bytes()).hex() + ":" + origin.getLogIndex();
    }
}
