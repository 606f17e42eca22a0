package io.crema.cli.run;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.events.ChannelOpened;
import io.crema.events.Origin;
import io.crema.events.ReceiptRun;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A channel, and the receipts of an employee who drinks at its machine. Not thread-safe. */
final class OneChannel {
    private static final long NOON = 1_790_000_000L;
    private static final Domain PAYMENT =
            new Domain(31337, Address.fromHex("0x5fbdb2315678afecb367f032d93f642f64180aa3"));

    private final SigningKey customer = key("customer");
    private final SigningKey employee = key("employee");
    private final Address payee = key("payee").address();
    private final ChannelId channel = ChannelId.of(customer.address(), payee, 1);
    private final Signed<Badge> badge = TypedData.sign(
            new Badge(
                    customer.address(),
                    employee.address(),
                    Badge.ALL_CHANNELS,
                    Amount.MAX,
                    0,
                    NOON - 3_600,
                    NOON + 86_400),
            PAYMENT,
            customer);
    private ChannelHead head = ChannelHead.start(channel);
    private int sold;

    /** The records' key. */
    byte[] key() {
        return channel.bytes();
    }

    static Domain domain() {
        return PAYMENT;
    }

    ChannelOpened opened(long deposit) {
        var origin = new Origin(
                PAYMENT.chainId(),
                Convert.bytes20(PAYMENT.verifyingContract()),
                1L,
                Convert.bytes32(TypedData.keccak("block")),
                Instant.ofEpochSecond(NOON),
                Convert.bytes32(TypedData.keccak("transaction")),
                0);
        return new ChannelOpened(
                Convert.bytes32(channel),
                origin,
                Convert.bytes20(customer.address()),
                Convert.bytes20(payee),
                1L,
                BigDecimal.valueOf(deposit),
                60);
    }

    /** The next cups, as the machine publishes them. */
    ReceiptRun sell(int cups, long price) {
        List<SignedReceipt> run = new ArrayList<>();
        for (var i = 0; i < cups; i++) {
            var next = receipt(price, employee);
            head = ChannelHead.at(next.receipt().content());
            run.add(next);
        }
        return ReceiptRuns.toRecord(channel, run);
    }

    /** A next cup that a stranger signed; the channel does not move on. */
    ReceiptRun forged(long price) {
        return ReceiptRuns.toRecord(channel, List.of(receipt(price, key("stranger"))));
    }

    private SignedReceipt receipt(long price, SigningKey signer) {
        sold++;
        var sale = new Sale(
                MachineId.of(payee, "A-1"),
                ProductId.named("Espresso"),
                Amount.of(price),
                Amount.ZERO,
                employee.address(),
                1,
                NOON + sold,
                TypedData.keccak("salt " + sold));
        return new SignedReceipt(TypedData.sign(head.next(sale), PAYMENT, signer), sale, Optional.of(badge));
    }

    private static SigningKey key(String name) {
        return SigningKey.of(TypedData.keccak("broker image test key " + name).bytes());
    }
}
