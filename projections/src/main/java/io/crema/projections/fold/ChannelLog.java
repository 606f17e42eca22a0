package io.crema.projections.fold;

import io.crema.events.Bytes32;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import io.crema.events.RedemptionSkipped;
import io.crema.schemas.topic.Topic;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What happened to channels on chain. */
final class ChannelLog implements Fold {
    private static final String INSERT = Upsert.of(
            "channel_log",
            ChainLog.KEY,
            ChainLog.ORIGIN
                    + ", channel, kind, customer, payee, channel_index, period_minutes, account, amount, deposited, redeemed, sequence, total, close_at, reason, reversed, src_partition, src_offset");

    @Override
    public Topic topic() {
        return Topic.CHAIN_CHANNELS;
    }

    @Override
    public void fold(Sourced source, Batch batch) throws SQLException {
        switch (source.record()) {
            case ChannelOpened e ->
                add(source, batch, e.getOrigin(), e.getChannel(), "OPENED", new @Nullable Object[] {
                    e.getCustomer(),
                    e.getPayee(),
                    e.getIndex(),
                    e.getPeriodMinutes(),
                    null,
                    e.getDeposited(),
                    e.getDeposited(),
                    null,
                    null,
                    null,
                    null,
                    null
                });
            case ChannelToppedUp e ->
                add(source, batch, e.getOrigin(), e.getChannel(), "TOPPED_UP", new @Nullable Object[] {
                    null, null, null, null, e.getFrom(), e.getAmount(), e.getDeposited(), null, null, null, null, null
                });
            case ChannelRedeemed e ->
                add(source, batch, e.getOrigin(), e.getChannel(), "REDEEMED", new @Nullable Object[] {
                    null, null, null, null, null, null, null, e.getRedeemed(), e.getSequence(), e.getTotal(), null, null
                });
            case RedemptionSkipped e ->
                add(source, batch, e.getOrigin(), e.getChannel(), "SKIPPED", new @Nullable Object[] {
                    null, null, null, null, null, null, null, null, e.getSequence(), e.getTotal(), null, e.getReason()
                });
            case ChannelCloseRequested e ->
                add(source, batch, e.getOrigin(), e.getChannel(), "CLOSE_REQUESTED", new @Nullable Object[] {
                    null, null, null, null, null, null, null, null, null, null, e.getCloseAt(), null
                });
            case ChannelClosed e ->
                add(source, batch, e.getOrigin(), e.getChannel(), "CLOSED", new @Nullable Object[] {
                    null, null, null, null, null, e.getRemainder(), null, e.getRedeemed(), null, null, null, null
                });
            case LogReversed e -> ChainLog.reverse("channel_log", e, source, batch);
            default -> throw ChainLog.unexpected(source);
        }
    }

    private static void add(
            Sourced source, Batch batch, Origin origin, Bytes32 channel, String kind, @Nullable Object[] values)
            throws SQLException {
        batch.add(INSERT, ChainLog.row(source, origin, new @Nullable Object[] {channel, kind}, values));
    }
}
