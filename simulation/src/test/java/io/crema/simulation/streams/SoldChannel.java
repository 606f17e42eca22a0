package io.crema.simulation.streams;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelToppedUp;
import io.crema.events.Origin;
import io.crema.schemas.convert.Convert;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One channel's receipts, some of them with a false signature, and its deposits; and what that must come to. */
final class SoldChannel {
    static final Domain PAYMENT = new Domain(31337, Address.fromHex("0x5fbdb2315678afecb367f032d93f642f64180aa3"));
    static final long START = 1_790_000_000L;
    static final int PRICE = 10;

    final ChannelId channel;
    final List<SignedReceipt> receipts = new ArrayList<>();
    private final SigningKey customer = key("customer");
    private final Address payee = key("payee").address();
    private final long index;
    private final long paid;
    private long expected;

    /** @param paid how many of the receipts are covered in the end */
    SoldChannel(long index, int count, int paid, Random random) {
        this.index = index;
        this.paid = paid;
        this.channel = ChannelId.of(customer.address(), payee, index);
        var employee = key("employee");
        var badge = TypedData.sign(
                new Badge(customer.address(), employee.address(), channel, Amount.MAX, 0, 0, START + 1_000_000),
                PAYMENT,
                customer);
        var head = ChannelHead.start(channel);
        for (var i = 1; i <= count; i++) {
            var sale = new Sale(
                    MachineId.of(payee, "A-1"),
                    ProductId.named("Espresso"),
                    Amount.of(PRICE),
                    Amount.ZERO,
                    employee.address(),
                    1,
                    START + i,
                    TypedData.keccak("salt " + i));
            var isFalse = random.nextInt(6) == 0;
            var signed = TypedData.sign(head.next(sale), PAYMENT, isFalse ? key("thief") : employee);
            receipts.add(new SignedReceipt(signed, sale, Optional.of(badge)));
            head = ChannelHead.at(signed.content());
            if (!isFalse && i <= paid) {
                expected = i;
            }
        }
    }

    /** The reference ledger: the newest receipt that is covered and validly signed brings all before it along. */
    long expected() {
        return expected;
    }

    ChannelOpened opened() {
        return new ChannelOpened(
                Convert.bytes32(channel),
                origin(1),
                Convert.bytes20(customer.address()),
                Convert.bytes20(payee),
                index,
                BigDecimal.valueOf(paid * PRICE / 2),
                60);
    }

    ChannelToppedUp toppedUp() {
        var total = paid * PRICE;
        return new ChannelToppedUp(
                Convert.bytes32(channel),
                origin(2),
                Convert.bytes20(customer.address()),
                BigDecimal.valueOf(total - total / 2),
                BigDecimal.valueOf(total));
    }

    private Origin origin(long block) {
        return new Origin(
                31337L,
                Convert.bytes20(PAYMENT.verifyingContract()),
                block,
                Convert.bytes32(TypedData.keccak("block " + block)),
                Instant.ofEpochSecond(START),
                Convert.bytes32(TypedData.keccak("tx " + block + " of " + index)),
                (int) index);
    }

    private static SigningKey key(String name) {
        return SigningKey.of(TypedData.keccak("ledger test key " + name).bytes());
    }
}
