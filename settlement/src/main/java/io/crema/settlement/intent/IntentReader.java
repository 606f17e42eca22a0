package io.crema.settlement.intent;

import static io.crema.schemas.convert.Convert.hash;

import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.events.RedeemChannel;
import io.crema.events.RequestService;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Partitions;
import io.crema.schemas.wire.RecordCodec;
import io.crema.schemas.wire.RecordFormatException;
import java.util.Arrays;
import java.util.Optional;

/** Reads intents from their records and refuses what contradicts itself. Stateless. */
public final class IntentReader {
    private final int partitions;

    /** @param partitions of the intents' topic */
    public IntentReader(int partitions) {
        this.partitions = partitions;
    }

    /** @throws RefusedIntentException when the record is no intent, or its parts contradict one another */
    public Intent read(IntentRecord record) {
        var value = record.value();
        if (value == null) {
            throw new RefusedIntentException("NO_VALUE", "the record has no value, expected an intent");
        }
        var intent = decode(value);
        var key = record.key();
        if (key == null || !Arrays.equals(key, intent.subject().bytes())) {
            throw new RefusedIntentException(
                    "WRONG_KEY",
                    "the key is %s, expected the subject %s"
                            .formatted(key == null ? "absent" : Hex.encode(key), intent.subject()));
        }
        if (Partitions.of(key, partitions) != record.partition()) {
            throw new RefusedIntentException(
                    "WRONG_PARTITION",
                    "partition %d, expected %d of %d for key %s"
                            .formatted(
                                    record.partition(), Partitions.of(key, partitions), partitions, Hex.encode(key)));
        }
        return intent;
    }

    private static Intent decode(byte[] value) {
        try {
            return switch (RecordCodec.perThread().decode(value)) {
                case RedeemChannel redeem -> redeem(redeem);
                case RequestService request -> service(request);
                default ->
                    throw new RefusedIntentException(
                            "WRONG_TYPE", "expected RedeemChannel or RequestService, got another record");
            };
        } catch (RecordFormatException | IllegalArgumentException | ArithmeticException e) {
            throw new RefusedIntentException("UNREADABLE", String.valueOf(e.getMessage()));
        }
    }

    private static RedeemIntent redeem(RedeemChannel record) {
        var customer = Convert.address(record.getCustomer());
        var payee = Convert.address(record.getPayee());
        var channel = ChannelId.of(customer, payee, record.getIndex());
        same("channel", hash(record.getChannel()), channel.value());
        var newest = record.getReceipt();
        var receipt = new Receipt(
                channel, newest.getSequence(), Convert.amount(newest.getTotal()), hash(newest.getHistory()));
        return new RedeemIntent(
                hash(record.getIntent()),
                hash(record.getEffect()),
                record.getAttempt(),
                customer,
                payee,
                record.getIndex(),
                new Signed<>(receipt, Convert.signature(newest.getSignature())),
                Optional.ofNullable(newest.getBadge()).map(ReceiptRuns::fromRecord),
                record.getReason(),
                record.getUrgent(),
                Optional.ofNullable(record.getDeadline()));
    }

    private static ServiceIntent service(RequestService record) {
        var intent = new ServiceIntent(
                hash(record.getIntent()),
                hash(record.getEffect()),
                record.getAttempt(),
                Convert.machine(record.getMachine()),
                hash(record.getFault()),
                hash(record.getEvidence()),
                record.getUrgent(),
                Optional.ofNullable(record.getDeadline()));
        same("request", hash(record.getRequest()), intent.subject());
        return intent;
    }

    private static void same(String what, Hash given, Hash expected) {
        if (!given.equals(expected)) {
            throw new RefusedIntentException(
                    "WRONG_SUBJECT", "the %s is %s, but its parts make %s".formatted(what, given, expected));
        }
    }
}
