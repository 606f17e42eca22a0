package io.crema.bench.chain;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.events.NewestReceipt;
import io.crema.events.RedeemChannel;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.settlement.intent.RedeemIntent;
import java.time.Instant;
import java.util.Optional;

/** Receipts of an employee with a badge, as intents to redeem them. Immutable. */
final class Redemptions {
    static final Amount TOTAL = Amount.of(1_500);
    private static final long DAY = 86_400;

    private final TestChain chain;
    private final SigningKey employee =
            SigningKey.of(TypedData.keccak("employee").bytes());
    private final Signed<Badge> badge;
    private final Instant now;

    Redemptions(TestChain chain, Instant now) {
        this.chain = chain;
        this.now = now;
        var content = new Badge(
                chain.key(1).address(),
                employee.address(),
                Badge.ALL_CHANNELS,
                Amount.MAX,
                0,
                now.getEpochSecond() - DAY,
                now.getEpochSecond() + 365 * DAY);
        badge = TypedData.sign(content, chain.contracts().paymentDomain(), chain.key(1));
    }

    /** The intent to redeem the channel's only receipt. */
    RedeemIntent intent(long index) {
        var channel = chain.channel(index);
        var receipt = new Receipt(channel, 1, TOTAL, TestChain.hash("history " + index));
        return new RedeemIntent(
                TestChain.hash("intent " + index),
                TestChain.hash("effect " + index),
                1,
                chain.key(1).address(),
                chain.key(2).address(),
                index,
                TypedData.sign(receipt, chain.contracts().paymentDomain(), employee),
                Optional.of(badge),
                "THRESHOLD",
                false,
                Optional.empty());
    }

    /** As streams writes it. */
    RedeemChannel record(long index) {
        var intent = intent(index);
        var receipt = intent.receipt();
        Hash history = receipt.content().history();
        return RedeemChannel.newBuilder()
                .setIntent(Convert.bytes32(intent.id()))
                .setEffect(Convert.bytes32(intent.effect()))
                .setAttempt(intent.attempt())
                .setChannel(Convert.bytes32(intent.channel()))
                .setCustomer(Convert.bytes20(intent.customer()))
                .setPayee(Convert.bytes20(intent.payee()))
                .setIndex(index)
                .setReceipt(new NewestReceipt(
                        receipt.content().sequence(),
                        Convert.decimal(TOTAL),
                        Convert.bytes32(history),
                        Convert.bytes64(receipt.signature()),
                        ReceiptRuns.toRecord(badge)))
                .setGain(Convert.decimal(TOTAL))
                .setReason(intent.reason())
                .setUrgent(false)
                .setDecidedAt(now)
                .build();
    }
}
