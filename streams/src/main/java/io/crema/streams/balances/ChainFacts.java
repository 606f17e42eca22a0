package io.crema.streams.balances;

import io.crema.events.ChainStanding;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelFacts;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.events.Origin;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Folds the chain's events of a channel, so that each of the newest can be taken back: what was before them is kept
 * apart. A log is one event by block hash, transaction and log index; a repeat changes nothing. Pure.
 */
public final class ChainFacts {
    /** Deeper reorganisations than these many events of one channel do not happen behind the watcher's confirmations. */
    private static final int RECENT = 32;

    private static final ChainStanding NOTHING = new ChainStanding(
            ChannelStatus.PENDING.name(), null, null, 0L, 0, BigDecimal.ZERO, BigDecimal.ZERO, 0L, null);

    public static final ChannelFacts NONE = new ChannelFacts(NOTHING, List.of());

    private ChainFacts() {}

    /** With one more event; the same when it is there already. */
    public static ChannelFacts add(ChannelFacts facts, SpecificRecord event) {
        var origin = origin(event);
        if (find(facts, origin).isPresent()) {
            return facts;
        }
        List<Object> recent = new ArrayList<>(facts.getRecent());
        recent.add(event);
        recent.sort(Comparator.comparingLong(ChainFacts::block).thenComparingInt(ChainFacts::log));
        var base = facts.getBase();
        while (recent.size() > RECENT) {
            base = apply(base, recent.removeFirst());
        }
        return new ChannelFacts(base, recent);
    }

    /** Without the event of that origin; empty when it is not among the newest. */
    public static Optional<ChannelFacts> remove(ChannelFacts facts, Origin origin) {
        return find(facts, origin).map(event -> {
            List<Object> recent = new ArrayList<>(facts.getRecent());
            recent.remove(event);
            return new ChannelFacts(facts.getBase(), recent);
        });
    }

    public static ChainStanding fold(ChannelFacts facts) {
        var standing = facts.getBase();
        for (var event : facts.getRecent()) {
            standing = apply(standing, event);
        }
        return standing;
    }

    /** Whether two origins name the same log. */
    public static boolean isSame(Origin a, Origin b) {
        return a.getBlockHash().equals(b.getBlockHash())
                && a.getTransactionHash().equals(b.getTransactionHash())
                && a.getLogIndex() == b.getLogIndex();
    }

    private static Optional<Object> find(ChannelFacts facts, Origin origin) {
        return facts.getRecent().stream()
                .filter(event -> isSame(origin(event), origin))
                .findFirst();
    }

    private static ChainStanding apply(ChainStanding before, Object event) {
        return switch (event) {
            case ChannelOpened opened ->
                new ChainStanding(
                        ChannelStatus.OPEN.name(),
                        opened.getCustomer(),
                        opened.getPayee(),
                        opened.getIndex(),
                        opened.getPeriodMinutes(),
                        opened.getDeposited(),
                        before.getRedeemed(),
                        before.getRedeemedSequence(),
                        before.getCloseAt());
            case ChannelToppedUp toppedUp -> with(before, toppedUp.getDeposited(), before.getRedeemed(), 0);
            case ChannelRedeemed redeemed ->
                with(before, before.getDeposited(), redeemed.getRedeemed(), sequence(redeemed));
            case ChannelCloseRequested requested -> with(before, ChannelStatus.CLOSING, requested.getCloseAt());
            case ChannelClosed closed ->
                with(
                        with(before, before.getDeposited(), closed.getRedeemed(), 0),
                        ChannelStatus.CLOSED,
                        before.getCloseAt());
            default -> throw new IllegalArgumentException("no event of a channel's money: " + event.getClass());
        };
    }

    private static ChainStanding with(
            ChainStanding before, BigDecimal deposited, BigDecimal redeemed, long redeemedSequence) {
        return new ChainStanding(
                before.getStatus(),
                before.getCustomer(),
                before.getPayee(),
                before.getIndex(),
                before.getPeriodMinutes(),
                deposited,
                redeemed,
                Math.max(before.getRedeemedSequence(), redeemedSequence),
                before.getCloseAt());
    }

    private static ChainStanding with(ChainStanding before, ChannelStatus status, @Nullable Instant closeAt) {
        return new ChainStanding(
                status.name(),
                before.getCustomer(),
                before.getPayee(),
                before.getIndex(),
                before.getPeriodMinutes(),
                before.getDeposited(),
                before.getRedeemed(),
                before.getRedeemedSequence(),
                closeAt);
    }

    /** A uint64 on chain: beyond 63 bits, where no receipt of ours can be, it is the highest that we can name. */
    private static long sequence(ChannelRedeemed redeemed) {
        return redeemed.getSequence() < 0 ? Long.MAX_VALUE : redeemed.getSequence();
    }

    private static Origin origin(Object event) {
        return switch (event) {
            case ChannelOpened opened -> opened.getOrigin();
            case ChannelToppedUp toppedUp -> toppedUp.getOrigin();
            case ChannelRedeemed redeemed -> redeemed.getOrigin();
            case ChannelCloseRequested requested -> requested.getOrigin();
            case ChannelClosed closed -> closed.getOrigin();
            default -> throw new IllegalArgumentException("no event of a channel's money: " + event.getClass());
        };
    }

    private static long block(Object event) {
        return origin(event).getBlockNumber();
    }

    private static int log(Object event) {
        return origin(event).getLogIndex();
    }
}
