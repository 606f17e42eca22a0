package io.crema.simulation.chain;

import io.crema.chain.transactions.EventLog;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What PaymentProvider says of what it does. Not thread-safe. */
final class PaymentLogs {
    private static final Hash OPENED = TypedData.keccak("ChannelOpened(bytes32,address,address,uint64,uint96,uint24)");
    private static final Hash TOPPED_UP = TypedData.keccak("ChannelToppedUp(bytes32,address,uint96,uint96)");
    private static final Hash REDEEMED = TypedData.keccak("ChannelRedeemed(bytes32,uint64,uint96,bytes32,uint96)");
    private static final Hash SKIPPED = TypedData.keccak("RedemptionSkipped(bytes32,uint64,uint96,bytes4)");
    private static final Hash CLOSE_REQUESTED = TypedData.keccak("ChannelCloseRequested(bytes32,uint40)");
    private static final Hash CLOSED = TypedData.keccak("ChannelClosed(bytes32,uint96,uint96)");
    private static final Hash WITHDRAWN = TypedData.keccak("Withdrawn(address,address,uint256)");
    private static final Hash KEY_CHANGED = TypedData.keccak("ActingKeyChanged(address,uint32,address,uint40)");

    private final Address contract;
    private final List<EventLog> logs = new ArrayList<>();

    PaymentLogs(Address contract) {
        this.contract = contract;
    }

    List<EventLog> all() {
        return List.copyOf(logs);
    }

    void opened(ChannelId channel, PaymentCall.Open open) {
        say(
                List.of(OPENED, channel.value(), word(open.customer()), word(open.payee())),
                new Words(3).u64(open.index()).amount(open.deposit()).u64(open.periodMinutes()));
    }

    void toppedUp(ChannelId channel, Address from, Amount amount, Amount deposited) {
        say(
                List.of(TOPPED_UP, channel.value(), word(from)),
                new Words(2).amount(amount).amount(deposited));
    }

    void redeemed(Receipt receipt, Amount redeemed) {
        say(
                List.of(REDEEMED, receipt.channel().value()),
                new Words(4)
                        .u64(receipt.sequence())
                        .amount(receipt.total())
                        .hash(receipt.history())
                        .amount(redeemed));
    }

    void skipped(Receipt receipt, RevertedException reason) {
        var padded = new byte[Hash.LENGTH];
        System.arraycopy(reason.data().bytes(), 0, padded, 0, 4);
        say(
                List.of(SKIPPED, receipt.channel().value()),
                new Words(3).u64(receipt.sequence()).amount(receipt.total()).hash(Hash.of(padded)));
    }

    void closeRequested(ChannelId channel, long closeAt) {
        say(List.of(CLOSE_REQUESTED, channel.value()), new Words(1).u64(closeAt));
    }

    void closed(ChannelId channel, Amount redeemed, Amount remainder) {
        say(List.of(CLOSED, channel.value()), new Words(2).amount(redeemed).amount(remainder));
    }

    void withdrawn(Address account, Address to, BigInteger amount) {
        say(List.of(WITHDRAWN, word(account), word(to)), new Words(1).unsigned(amount));
    }

    void keyChanged(Address account, ActingKeys keys) {
        say(
                List.of(KEY_CHANGED, word(account)),
                new Words(3).u64(keys.epoch()).address(keys.signer()).u64(keys.previousUntil()));
    }

    private void say(List<Hash> topics, Words data) {
        logs.add(new EventLog(contract, topics, Payload.of(data.toBytes())));
    }

    private static Hash word(Address address) {
        return Hash.of(new Words(1).address(address).toBytes());
    }
}
