package io.crema.streams.channels;

import static io.crema.schemas.convert.Convert.amount;
import static io.crema.schemas.convert.Convert.bytes20;
import static io.crema.schemas.convert.Convert.bytes32;
import static io.crema.schemas.convert.Convert.decimal;

import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.ChainStanding;
import io.crema.events.ChannelState;
import io.crema.events.CustomerKey;
import io.crema.events.NewestReceipt;
import io.crema.events.OpenIntent;
import io.crema.events.RedemptionState;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.streams.balances.ChainView;
import io.crema.streams.balances.Channel;
import io.crema.streams.balances.ChannelStatus;
import io.crema.streams.balances.Keys;
import io.crema.streams.balances.Newest;
import io.crema.streams.balances.Parties;
import io.crema.streams.balances.Recent;
import io.crema.streams.balances.Waiting;
import io.crema.streams.redemption.OpenRedemption;
import io.crema.streams.redemption.Progress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Channels between their store's form and their own. Stateless. */
final class ChannelRecords {
    private ChannelRecords() {}

    static ChannelState toRecord(Channel channel) {
        var waiting = channel.waiting();
        return new ChannelState(
                bytes32(channel.id()),
                toRecord(channel.chain()),
                toRecord(channel.keys()),
                channel.newest().map(ChannelRecords::toRecord).orElse(null),
                channel.machine().map(Convert::bytes32).orElse(null),
                waiting.receipts(),
                decimal(waiting.money()),
                waiting.links(),
                waiting.reason() == Waiting.Reason.NONE ? "" : waiting.reason().name(),
                channel.forked(),
                toRecord(channel.recent()),
                toRecord(channel.redemption()));
    }

    static Channel fromRecord(ChannelState state) {
        var id = Convert.channel(state.getChannel());
        var reason = state.getWaitingReason();
        return new Channel(
                id,
                fromRecord(state.getChain()),
                fromRecord(state.getKeys()),
                Optional.ofNullable(state.getNewest()).map(newest -> fromRecord(id, newest)),
                Optional.ofNullable(state.getMachine()).map(Convert::machine),
                new Waiting(
                        state.getWaitingReceipts(),
                        amount(state.getWaiting()),
                        state.getLinks(),
                        reason.isEmpty() ? Waiting.Reason.NONE : Waiting.Reason.valueOf(reason)),
                state.getForked(),
                fromRecord(state.getRecentDigests()),
                fromRecord(state.getRedemption()));
    }

    static ChainView fromRecord(ChainStanding standing) {
        var customer = standing.getCustomer();
        var payee = standing.getPayee();
        return new ChainView(
                ChannelStatus.valueOf(standing.getStatus()),
                customer == null || payee == null
                        ? Optional.empty()
                        : Optional.of(new Parties(
                                Convert.address(customer),
                                Convert.address(payee),
                                standing.getIndex(),
                                standing.getPeriodMinutes())),
                amount(standing.getDeposited()),
                amount(standing.getRedeemed()),
                standing.getRedeemedSequence(),
                Optional.ofNullable(standing.getCloseAt()));
    }

    static Keys fromRecord(List<CustomerKey> keys) {
        return new Keys(keys.stream()
                .map(key -> new Keys.Key(
                        key.getEpoch(), Convert.address(key.getSigner()), Optional.ofNullable(key.getUntil())))
                .toList());
    }

    static List<CustomerKey> toRecord(Keys keys) {
        return keys.all().stream()
                .map(key -> new CustomerKey(
                        key.epoch(), bytes20(key.signer()), key.until().orElse(null)))
                .toList();
    }

    static NewestReceipt toRecord(Newest newest) {
        var receipt = newest.receipt().content();
        return new NewestReceipt(
                receipt.sequence(),
                decimal(receipt.total()),
                bytes32(receipt.history()),
                Convert.bytes64(newest.receipt().signature()),
                newest.badge().map(ReceiptRuns::toRecord).orElse(null));
    }

    private static Newest fromRecord(ChannelId id, NewestReceipt newest) {
        var receipt =
                new Receipt(id, newest.getSequence(), amount(newest.getTotal()), Convert.hash(newest.getHistory()));
        return new Newest(
                new Signed<>(receipt, Convert.signature(newest.getSignature())),
                Optional.ofNullable(newest.getBadge()).map(ReceiptRuns::fromRecord));
    }

    private static ChainStanding toRecord(ChainView view) {
        return new ChainStanding(
                view.status().name(),
                view.parties().map(p -> bytes20(p.customer())).orElse(null),
                view.parties().map(p -> bytes20(p.payee())).orElse(null),
                view.parties().map(Parties::index).orElse(0L),
                view.parties().map(Parties::periodMinutes).orElse(0),
                decimal(view.deposited()),
                decimal(view.redeemed()),
                view.redeemedSequence(),
                view.closeAt().orElse(null));
    }

    private static ByteBuffer toRecord(Recent recent) {
        var bytes = new byte[recent.digests().size() * Hash.LENGTH];
        for (var i = 0; i < recent.digests().size(); i++) {
            recent.digests().get(i).copyTo(bytes, i * Hash.LENGTH);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static Recent fromRecord(ByteBuffer digests) {
        List<Hash> hashes = new ArrayList<>(Recent.MOST);
        var digest = new byte[Hash.LENGTH];
        for (var all = digests.duplicate(); all.hasRemaining(); ) {
            all.get(digest);
            hashes.add(Hash.of(digest));
        }
        return hashes.isEmpty() ? Recent.NONE : new Recent(hashes);
    }

    private static RedemptionState toRecord(Progress progress) {
        return new RedemptionState(
                progress.unredeemedSince().orElse(null),
                progress.laterSince().orElse(null),
                progress.open()
                        .map(o -> new OpenIntent(bytes32(o.intent()), o.attempt(), decimal(o.total())))
                        .orElse(null),
                decimal(progress.settled()),
                decimal(progress.closedTotal()),
                progress.closedAttempt(),
                progress.retryAt().orElse(null),
                decimal(progress.requested()),
                progress.dueAt().orElse(null));
    }

    private static Progress fromRecord(RedemptionState state) {
        return new Progress(
                Optional.ofNullable(state.getUnredeemedSince()),
                Optional.ofNullable(state.getLaterSince()),
                Optional.ofNullable(state.getOpen())
                        .map(o ->
                                new OpenRedemption(Convert.hash(o.getIntent()), o.getAttempt(), amount(o.getTotal()))),
                amount(state.getSettled()),
                amount(state.getClosedTotal()),
                state.getClosedAttempt(),
                Optional.ofNullable(state.getRetryAt()),
                amount(state.getRequested()),
                Optional.ofNullable(state.getDueAt()));
    }
}
