package io.crema.ingest.decode;

import io.crema.chain.wrappers.PaymentProvider;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.events.Bytes32;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.events.Origin;
import io.crema.events.RedemptionSkipped;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * PaymentProvider's events of one channel; the key is the channel. They are most of what the chain holds, and are read by
 * their words: the wrapper takes ten times as long. Stateless.
 */
final class ChannelLogs {
    private ChannelLogs() {}

    static void register(Address contract, ContractLogs.WordReaders into) {
        into.put(contract, PaymentProvider.CHANNELOPENED_EVENT, 3, 3, ChannelLogs::opened);
        into.put(contract, PaymentProvider.CHANNELTOPPEDUP_EVENT, 2, 2, ChannelLogs::toppedUp);
        into.put(contract, PaymentProvider.CHANNELREDEEMED_EVENT, 1, 4, ChannelLogs::redeemed);
        into.put(contract, PaymentProvider.REDEMPTIONSKIPPED_EVENT, 1, 3, ChannelLogs::skipped);
        into.put(contract, PaymentProvider.CHANNELCLOSEREQUESTED_EVENT, 1, 1, ChannelLogs::closeRequested);
        into.put(contract, PaymentProvider.CHANNELCLOSED_EVENT, 1, 2, ChannelLogs::closed);
    }

    private static LogRecord opened(LogWords words, Origin origin) {
        var channel = words.topic(0);
        return record(
                channel,
                new ChannelOpened(
                        bytes32(channel),
                        origin,
                        words.addressTopic(1),
                        words.addressTopic(2),
                        words.u64(0),
                        words.amount(1),
                        words.u24(2)),
                origin);
    }

    private static LogRecord toppedUp(LogWords words, Origin origin) {
        var channel = words.topic(0);
        return record(
                channel,
                new ChannelToppedUp(bytes32(channel), origin, words.addressTopic(1), words.amount(0), words.amount(1)),
                origin);
    }

    private static LogRecord redeemed(LogWords words, Origin origin) {
        var channel = words.topic(0);
        return record(
                channel,
                ChannelRedeemed.newBuilder()
                        .setChannel(bytes32(channel))
                        .setOrigin(origin)
                        .setSequence(words.u64(0))
                        .setTotal(words.amount(1))
                        .setHistory(words.bytes32(2))
                        .setRedeemed(words.amount(3))
                        .build(),
                origin);
    }

    private static LogRecord skipped(LogWords words, Origin origin) {
        var channel = words.topic(0);
        return record(
                channel,
                new RedemptionSkipped(bytes32(channel), origin, words.u64(0), words.amount(1), words.bytes4(2)),
                origin);
    }

    private static LogRecord closeRequested(LogWords words, Origin origin) {
        var channel = words.topic(0);
        return record(channel, new ChannelCloseRequested(bytes32(channel), origin, words.seconds(0)), origin);
    }

    private static LogRecord closed(LogWords words, Origin origin) {
        var channel = words.topic(0);
        return record(channel, new ChannelClosed(bytes32(channel), origin, words.amount(0), words.amount(1)), origin);
    }

    private static Bytes32 bytes32(byte[] channel) {
        return Convert.bytes32(Hash.of(channel));
    }

    private static LogRecord record(byte[] channel, SpecificRecord value, Origin origin) {
        return LogRecord.of(Topic.CHAIN_CHANNELS, channel, value, origin);
    }
}
