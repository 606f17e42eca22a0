package io.crema.streams.channels;

import static io.crema.schemas.convert.Convert.bytes20;
import static io.crema.schemas.convert.Convert.bytes32;
import static io.crema.schemas.convert.Convert.decimal;

import io.crema.contracts.crypto.Keccak;
import io.crema.events.ChannelBalance;
import io.crema.events.Quarantined;
import io.crema.events.ReceiptAccepted;
import io.crema.events.RedeemChannel;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.streams.balances.Channel;
import io.crema.streams.balances.Judgement.Accepted;
import io.crema.streams.balances.Judgement.Refused;
import io.crema.streams.balances.Parties;
import io.crema.streams.balances.Redemptions.Redemption;
import io.crema.streams.balances.Waiting;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** What is published of a channel. Stateless. */
final class ChannelEvents {
    private ChannelEvents() {}

    static ReceiptAccepted accepted(Accepted accepted, Parties parties) {
        var receipt = accepted.signed().receipt().content();
        return new ReceiptAccepted(
                bytes32(receipt.channel()),
                receipt.sequence(),
                decimal(receipt.total()),
                bytes32(receipt.history()),
                bytes32(accepted.digest()),
                bytes32(accepted.saleHash()),
                ReceiptRuns.toRecord(accepted.signed().sale()),
                bytes20(parties.customer()),
                bytes20(parties.payee()),
                accepted.signatureChecked());
    }

    /** One receipt alone, so that a long run is not kept once for each bad receipt in it. */
    static Quarantined quarantined(Refused refused, String service) {
        var channel = refused.signed().receipt().content().channel();
        var run = ReceiptRuns.toRecord(channel, List.of(refused.signed()));
        var bytes = RecordCodec.perThread().encode(Topic.EDGE_RECEIPTS, run);
        return new Quarantined(
                Topic.EDGE_RECEIPTS.topicName(),
                refused.place().partition(),
                refused.place().offset(),
                ByteBuffer.wrap(channel.bytes()),
                ByteBuffer.wrap(bytes),
                bytes32(Keccak.hash(bytes)),
                refused.refusal().code().name(),
                refused.refusal().detail(),
                refused.signed().receipt().content().sequence(),
                service,
                refused.place().time());
    }

    static RedeemChannel intent(Channel channel, Redemption redemption, Instant now) {
        var parties = channel.chain().parties().orElseThrow();
        return new RedeemChannel(
                bytes32(redemption.open().intent()),
                bytes32(redemption.effect()),
                redemption.open().attempt(),
                bytes32(channel.id()),
                bytes20(parties.customer()),
                bytes20(parties.payee()),
                parties.index(),
                ChannelRecords.toRecord(channel.newest().orElseThrow()),
                decimal(redemption.gain()),
                redemption.demand().reason().name(),
                redemption.demand().reason().isUrgent(),
                now,
                redemption.demand().deadline().orElse(null));
    }

    static ChannelBalance balance(Channel channel, Instant now) {
        var chain = channel.chain();
        var parties = chain.parties();
        var waiting = channel.waiting();
        var progress = channel.redemption();
        return new ChannelBalance(
                bytes32(channel.id()),
                parties.map(p -> bytes20(p.customer())).orElse(null),
                parties.map(p -> bytes20(p.payee())).orElse(null),
                parties.map(Parties::index).orElse(0L),
                channel.machine().map(Convert::bytes32).orElse(null),
                decimal(chain.deposited()),
                decimal(channel.head().total()),
                channel.head().sequence(),
                decimal(waiting.money()),
                waiting.receipts(),
                waiting.reason() == Waiting.Reason.NONE ? "" : waiting.reason().name(),
                decimal(chain.redeemed()),
                channel.newest().map(ChannelRecords::toRecord).orElse(null),
                chain.status().name(),
                channel.isAhead(),
                channel.forked(),
                chain.closeAt().orElse(null),
                progress.unredeemedSince().orElse(null),
                progress.open().map(o -> decimal(o.total())).orElse(null),
                now);
    }
}
