package io.crema.streams;

import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.events.ActingKeyChanged;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.events.LogReversed;
import io.crema.events.MachineKeyRegistered;
import io.crema.events.Origin;
import io.crema.schemas.convert.Convert;
import java.math.BigDecimal;
import java.time.Instant;

/** What the chain tells in tests. */
public final class ChainEvents {
    private ChainEvents() {}

    public static Origin origin(long block) {
        return new Origin(
                31337L,
                Convert.bytes20(Sales.PAYMENT.verifyingContract()),
                block,
                Convert.bytes32(TypedData.keccak("block " + block)),
                Instant.ofEpochSecond(Sales.NOON + block),
                Convert.bytes32(TypedData.keccak("tx " + block)),
                0);
    }

    public static ChannelOpened opened(Sales sales, long block, long deposit) {
        return new ChannelOpened(
                Convert.bytes32(sales.channel),
                origin(block),
                Convert.bytes20(sales.customer.address()),
                Convert.bytes20(sales.payee),
                sales.index,
                BigDecimal.valueOf(deposit),
                60);
    }

    public static ChannelToppedUp toppedUp(Sales sales, long block, long amount, long deposited) {
        return new ChannelToppedUp(
                Convert.bytes32(sales.channel),
                origin(block),
                Convert.bytes20(sales.customer.address()),
                BigDecimal.valueOf(amount),
                BigDecimal.valueOf(deposited));
    }

    /** The sales' head is redeemed. */
    public static ChannelRedeemed redeemed(Sales sales, long block, long paid) {
        return new ChannelRedeemed(
                Convert.bytes32(sales.channel),
                origin(block),
                sales.head.sequence(),
                Convert.decimal(sales.head.total()),
                Convert.bytes32(sales.head.history()),
                BigDecimal.valueOf(paid),
                Convert.decimal(sales.head.total()));
    }

    public static ChannelCloseRequested closeRequested(Sales sales, long block) {
        return new ChannelCloseRequested(
                Convert.bytes32(sales.channel), origin(block), Instant.ofEpochSecond(Sales.NOON + 100_000));
    }

    public static LogReversed reversed(Sales sales, long block, String type) {
        return new LogReversed(Convert.bytes32(sales.channel), origin(block), "io.crema.events." + type);
    }

    public static ActingKeyChanged keyChanged(Sales sales, long block, long epoch, Address signer, long until) {
        return new ActingKeyChanged(
                Convert.bytes20(sales.customer.address()),
                origin(block),
                epoch,
                Convert.bytes20(signer),
                Instant.ofEpochSecond(until));
    }

    public static MachineKeyRegistered machineKey(Sales sales, long block, Address key) {
        return new MachineKeyRegistered(
                Convert.bytes20(sales.payee),
                origin(block),
                Convert.bytes32(sales.machine),
                Convert.bytes20(key),
                "A-1",
                null,
                null);
    }

    public static BigDecimal decimal(Amount amount) {
        return Convert.decimal(amount);
    }
}
