package io.crema.ingest.decode;

import static io.crema.ingest.decode.Fields.amount;
import static io.crema.ingest.decode.Fields.bytes20;
import static io.crema.ingest.decode.Fields.bytes32;
import static io.crema.ingest.decode.Fields.seconds;
import static io.crema.ingest.decode.Fields.u64;

import io.crema.chain.wrappers.PaymentProvider;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hex;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.events.Origin;
import io.crema.events.RedemptionSkipped;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.web3j.protocol.core.methods.response.Log;

/** PaymentProvider's events of one channel; the key is the channel. Stateless. */
final class ChannelLogs {
    private ChannelLogs() {}

    static void register(Address contract, ContractLogs.Readers into) {
        into.put(contract, PaymentProvider.CHANNELOPENED_EVENT, ChannelLogs::opened);
        into.put(contract, PaymentProvider.CHANNELTOPPEDUP_EVENT, ChannelLogs::toppedUp);
        into.put(contract, PaymentProvider.CHANNELREDEEMED_EVENT, ChannelLogs::redeemed);
        into.put(contract, PaymentProvider.REDEMPTIONSKIPPED_EVENT, ChannelLogs::skipped);
        into.put(contract, PaymentProvider.CHANNELCLOSEREQUESTED_EVENT, ChannelLogs::closeRequested);
        into.put(contract, PaymentProvider.CHANNELCLOSED_EVENT, ChannelLogs::closed);
    }

    private static LogRecord opened(Log log, Origin origin) {
        var event = PaymentProvider.getChannelOpenedEventFromLog(log);
        return record(
                event.channel,
                new ChannelOpened(
                        bytes32(event.channel),
                        origin,
                        bytes20(event.customer),
                        bytes20(event.payee),
                        u64(event.index),
                        amount(event.deposited),
                        event.periodMinutes.intValueExact()),
                origin);
    }

    private static LogRecord toppedUp(Log log, Origin origin) {
        var event = PaymentProvider.getChannelToppedUpEventFromLog(log);
        return record(
                event.channel,
                new ChannelToppedUp(
                        bytes32(event.channel),
                        origin,
                        bytes20(event.from),
                        amount(event.amount),
                        amount(event.deposited)),
                origin);
    }

    private static LogRecord redeemed(Log log, Origin origin) {
        var event = PaymentProvider.getChannelRedeemedEventFromLog(log);
        return record(
                event.channel,
                ChannelRedeemed.newBuilder()
                        .setChannel(bytes32(event.channel))
                        .setOrigin(origin)
                        .setSequence(u64(event.sequence))
                        .setTotal(amount(event.total))
                        .setHistory(bytes32(event.history))
                        .setRedeemed(amount(event.redeemed))
                        .build(),
                origin);
    }

    private static LogRecord skipped(Log log, Origin origin) {
        var event = PaymentProvider.getRedemptionSkippedEventFromLog(log);
        return record(
                event.channel,
                new RedemptionSkipped(
                        bytes32(event.channel),
                        origin,
                        u64(event.sequence),
                        amount(event.total),
                        Hex.encode(event.reason)),
                origin);
    }

    private static LogRecord closeRequested(Log log, Origin origin) {
        var event = PaymentProvider.getChannelCloseRequestedEventFromLog(log);
        return record(
                event.channel,
                new ChannelCloseRequested(bytes32(event.channel), origin, seconds(event.closeAt)),
                origin);
    }

    private static LogRecord closed(Log log, Origin origin) {
        var event = PaymentProvider.getChannelClosedEventFromLog(log);
        return record(
                event.channel,
                new ChannelClosed(bytes32(event.channel), origin, amount(event.redeemed), amount(event.remainder)),
                origin);
    }

    private static LogRecord record(byte[] channel, SpecificRecord value, Origin origin) {
        return LogRecord.of(Topic.CHAIN_CHANNELS, channel, value, origin);
    }
}
