package io.crema.schemas.convert;

import static io.crema.schemas.convert.Convert.address;
import static io.crema.schemas.convert.Convert.amount;
import static io.crema.schemas.convert.Convert.bytes20;
import static io.crema.schemas.convert.Convert.bytes32;
import static io.crema.schemas.convert.Convert.bytes64;
import static io.crema.schemas.convert.Convert.channel;
import static io.crema.schemas.convert.Convert.decimal;
import static io.crema.schemas.convert.Convert.hash;
import static io.crema.schemas.convert.Convert.instant;
import static io.crema.schemas.convert.Convert.machine;
import static io.crema.schemas.convert.Convert.product;
import static io.crema.schemas.convert.Convert.seconds;
import static io.crema.schemas.convert.Convert.signature;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.ChannelId;
import io.crema.events.BadgeRecord;
import io.crema.events.NewestReceipt;
import io.crema.events.ReceiptRecord;
import io.crema.events.ReceiptRun;
import io.crema.events.SaleRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs of receipts between their published and their signed form. Stateless. */
public final class ReceiptRuns {
    /** The most receipts one run may carry. */
    public static final int MOST_RECEIPTS = 128;

    /** The most bytes one published run may have. */
    public static final int MOST_BYTES = 256 * 1024;

    private ReceiptRuns() {}

    /** @param receipts 1 to 128 consecutive receipts of the channel; each distinct badge is carried once */
    public static ReceiptRun toRecord(ChannelId channel, List<SignedReceipt> receipts) {
        if (receipts.isEmpty() || receipts.size() > MOST_RECEIPTS) {
            throw new IllegalArgumentException(
                    "a run has 1 to %d receipts, got %d".formatted(MOST_RECEIPTS, receipts.size()));
        }
        List<Signed<Badge>> badges = new ArrayList<>();
        List<ReceiptRecord> records = new ArrayList<>(receipts.size());
        for (var signed : receipts) {
            var receipt = signed.receipt().content();
            records.add(new ReceiptRecord(
                    receipt.sequence(),
                    decimal(receipt.total()),
                    bytes32(receipt.history()),
                    toRecord(signed.sale()),
                    bytes64(signed.receipt().signature()),
                    signed.badge().map(badge -> indexOf(badge, badges)).orElse(-1)));
        }
        return new ReceiptRun(
                bytes32(channel), badges.stream().map(ReceiptRuns::toRecord).toList(), List.copyOf(records));
    }

    /**
     * The receipts of a run, in its order; nothing is verified.
     *
     * @throws IllegalArgumentException when a receipt names a badge that the run does not carry
     * @throws ArithmeticException when an amount or number is out of its range
     */
    public static List<SignedReceipt> fromRecord(ReceiptRun run) {
        var channel = channel(run.getChannel());
        var badges = run.getBadges().stream().map(ReceiptRuns::fromRecord).toList();
        return run.getReceipts().stream()
                .map(record -> fromRecord(channel, record, badges))
                .toList();
    }

    public static SaleRecord toRecord(Sale sale) {
        return new SaleRecord(
                bytes32(sale.machine()),
                bytes32(sale.product()),
                decimal(sale.price()),
                decimal(sale.credit()),
                bytes20(sale.employee()),
                sale.tariff(),
                instant(sale.time()),
                bytes32(sale.salt()));
    }

    public static Sale fromRecord(SaleRecord sale) {
        return new Sale(
                machine(sale.getMachine()),
                product(sale.getProduct()),
                amount(sale.getPrice()),
                amount(sale.getCredit()),
                address(sale.getEmployee()),
                sale.getTariff(),
                seconds(sale.getTime()),
                hash(sale.getSalt()));
    }

    public static BadgeRecord toRecord(Signed<Badge> signed) {
        var badge = signed.content();
        return new BadgeRecord(
                bytes20(badge.customer()),
                bytes20(badge.employee()),
                bytes32(badge.channel()),
                decimal(badge.maxTotal()),
                badge.epoch(),
                instant(badge.validFrom()),
                instant(badge.validUntil()),
                bytes64(signed.signature()));
    }

    public static Signed<Badge> fromRecord(BadgeRecord badge) {
        return new Signed<>(
                new Badge(
                        address(badge.getCustomer()),
                        address(badge.getEmployee()),
                        channel(badge.getChannel()),
                        amount(badge.getMaxTotal()),
                        badge.getEpoch(),
                        seconds(badge.getValidFrom()),
                        seconds(badge.getValidUntil())),
                signature(badge.getSignature()));
    }

    /** What the contract needs to redeem up to this receipt. */
    public static NewestReceipt newest(SignedReceipt signed) {
        var receipt = signed.receipt().content();
        return new NewestReceipt(
                receipt.sequence(),
                decimal(receipt.total()),
                bytes32(receipt.history()),
                bytes64(signed.receipt().signature()),
                signed.badge().map(ReceiptRuns::toRecord).orElse(null));
    }

    private static SignedReceipt fromRecord(ChannelId channel, ReceiptRecord record, List<Signed<Badge>> badges) {
        var receipt = new Receipt(channel, record.getSequence(), amount(record.getTotal()), hash(record.getHistory()));
        var index = record.getBadge();
        if (index < -1 || index >= badges.size()) {
            throw new IllegalArgumentException("receipt %d names badge %d, but its run carries %d badges"
                    .formatted(record.getSequence(), index, badges.size()));
        }
        return new SignedReceipt(
                new Signed<>(receipt, signature(record.getSignature())),
                fromRecord(record.getSale()),
                index < 0 ? Optional.empty() : Optional.of(badges.get(index)));
    }

    private static int indexOf(Signed<Badge> badge, List<Signed<Badge>> badges) {
        var found = badges.indexOf(badge);
        if (found >= 0) {
            return found;
        }
        badges.add(badge);
        return badges.size() - 1;
    }
}
