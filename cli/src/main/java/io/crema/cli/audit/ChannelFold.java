package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.address;
import static io.crema.schemas.convert.Convert.amount;
import static io.crema.schemas.convert.Convert.channel;
import static io.crema.schemas.convert.Convert.hash;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** A channel as the chain's events in the log tell it, reversed ones left out. */
final class ChannelFold {
    private final Address customer;
    private final Address payee;
    private Amount deposited;
    private final List<ChannelRedeemed> redemptions = new ArrayList<>();
    private boolean closed;

    private ChannelFold(ChannelOpened opened) {
        customer = address(opened.getCustomer());
        payee = address(opened.getPayee());
        deposited = amount(opened.getDeposited());
    }

    Address customer() {
        return customer;
    }

    Address payee() {
        return payee;
    }

    Amount deposited() {
        return deposited;
    }

    Amount redeemed() {
        return redemptions.isEmpty()
                ? Amount.ZERO
                : amount(redemptions.getLast().getRedeemed());
    }

    List<ChannelRedeemed> redemptions() {
        return redemptions;
    }

    boolean closed() {
        return closed;
    }

    /** The first redemption that says less than the one before it. */
    Optional<String> firstDecrease() {
        for (var i = 1; i < redemptions.size(); i++) {
            if (redemptions
                            .get(i)
                            .getRedeemed()
                            .compareTo(redemptions.get(i - 1).getRedeemed())
                    < 0) {
                return Optional.of("redeemed falls from %s to %s in block %d"
                        .formatted(
                                redemptions.get(i - 1).getRedeemed(),
                                redemptions.get(i).getRedeemed(),
                                redemptions.get(i).getOrigin().getBlockNumber()));
            }
        }
        return Optional.empty();
    }

    static Map<ChannelId, ChannelFold> of(List<LogRecord<SpecificRecord>> log) {
        Set<String> reversed = new HashSet<>();
        for (var record : log) {
            if (record.value() instanceof LogReversed back) {
                reversed.add(place(back.getOrigin()));
            }
        }
        Map<ChannelId, ChannelFold> channels = new TreeMap<>();
        for (var record : log) {
            switch (record.value()) {
                case ChannelOpened e
                when counts(e.getOrigin(), reversed) -> channels.put(channel(e.getChannel()), new ChannelFold(e));
                case ChannelToppedUp e
                when counts(e.getOrigin(), reversed) ->
                    known(channels, channel(e.getChannel())).deposited = amount(e.getDeposited());
                case ChannelRedeemed e
                when counts(e.getOrigin(), reversed) ->
                    known(channels, channel(e.getChannel())).redemptions.add(e);
                case ChannelClosed e
                when counts(e.getOrigin(), reversed) -> known(channels, channel(e.getChannel())).closed = true;
                default -> {}
            }
        }
        return channels;
    }

    private static ChannelFold known(Map<ChannelId, ChannelFold> channels, ChannelId id) {
        var fold = channels.get(id);
        if (fold == null) {
            throw new IllegalStateException("the log tells of channel %s before its opening".formatted(id));
        }
        return fold;
    }

    private static boolean counts(Origin origin, Set<String> reversed) {
        return !reversed.contains(place(origin));
    }

    static String place(Origin origin) {
        return hash(origin.getBlockHash()) + ":" + origin.getLogIndex();
    }
}
