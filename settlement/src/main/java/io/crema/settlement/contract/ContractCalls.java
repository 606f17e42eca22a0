package io.crema.settlement.contract;

import io.crema.chain.transactions.ChainReader.Question;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.RequestId;
import io.crema.contracts.value.Signature;
import io.crema.settlement.intent.RedeemIntent;
import io.crema.settlement.intent.ServiceIntent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Encodes calls of PaymentProvider and MaintenanceProvider (Solidity ABI). Stateless. */
public final class ContractCalls {
    private static final String REDEMPTION = "(address,uint64,uint64,uint96,bytes32,bytes32,bytes32)";
    private static final String BADGED =
            "(" + REDEMPTION + ",(address,bytes32,uint96,uint32,uint64,uint64,bytes32,bytes32))";
    private static final byte[] REDEEM = selector("redeem(address," + REDEMPTION + ")");
    private static final byte[] REDEEM_WITH_BADGE = selector("redeemWithBadge(address," + BADGED + ")");
    private static final byte[] REDEEM_MANY = selector("redeemMany(address," + REDEMPTION + "[]," + BADGED + "[])");
    private static final byte[] REQUEST_SERVICE = selector("requestService(bytes32,bytes32,bytes32)");
    private static final byte[] CHANNELS = selector("channels(bytes32)");
    private static final byte[] REQUESTED_AT = selector("requestedAt(bytes32)");
    private static final int WORD = 32;
    private static final int WORDS_PER_ROW = 7;
    private static final int WORDS_PER_BADGE = 8;

    private ContractCalls() {}

    /**
     * {@code redeem} or {@code redeemWithBadge} for one row, {@code redeemMany} for several.
     *
     * @param rows all of one payee
     */
    public static Payload redeem(List<RedeemIntent> rows) {
        var payee = payee(rows);
        if (rows.size() == 1) {
            var row = rows.getFirst();
            var words = new Words(1 + WORDS_PER_ROW + WORDS_PER_BADGE).address(payee);
            row(words, row);
            return call(row.badge().isPresent() ? REDEEM_WITH_BADGE : REDEEM, words);
        }
        var byCustomers = rows.stream().filter(row -> row.badge().isEmpty()).toList();
        var byEmployees = rows.stream().filter(row -> row.badge().isPresent()).toList();
        var first = 3L * WORD;
        var second = first + WORD * (1L + (long) WORDS_PER_ROW * byCustomers.size());
        var words = new Words(5 + (WORDS_PER_ROW + WORDS_PER_BADGE) * rows.size())
                .address(payee)
                .u64(first)
                .u64(second)
                .u64(byCustomers.size());
        byCustomers.forEach(row -> row(words, row));
        words.u64(byEmployees.size());
        byEmployees.forEach(row -> row(words, row));
        return call(REDEEM_MANY, words);
    }

    private static Address payee(List<RedeemIntent> rows) {
        var payees = rows.stream().map(RedeemIntent::payee).distinct().toList();
        if (payees.size() != 1) {
            throw new IllegalArgumentException("one call redeems for one payee, got " + payees);
        }
        return payees.getFirst();
    }

    public static Payload requestService(ServiceIntent intent) {
        return call(
                REQUEST_SERVICE,
                new Words(3).hash(intent.machine().value()).hash(intent.fault()).hash(intent.evidence()));
    }

    public static Question channel(Address paymentProvider, ChannelId channel) {
        return new Question(paymentProvider, call(CHANNELS, new Words(1).hash(channel.value())));
    }

    public static Question requestedAt(Address maintenanceProvider, RequestId request) {
        return new Question(maintenanceProvider, call(REQUESTED_AT, new Words(1).hash(request.value())));
    }

    /** REDEEM, REDEEM_MANY, REQUEST_SERVICE or, for anything else, CANCEL. */
    public static String kind(Payload data) {
        var bytes = data.bytes();
        var selector = bytes.length < 4 ? new byte[0] : Arrays.copyOf(bytes, 4);
        if (Arrays.equals(selector, REDEEM) || Arrays.equals(selector, REDEEM_WITH_BADGE)) {
            return "REDEEM";
        }
        if (Arrays.equals(selector, REDEEM_MANY)) {
            return "REDEEM_MANY";
        }
        return Arrays.equals(selector, REQUEST_SERVICE) ? "REQUEST_SERVICE" : "CANCEL";
    }

    private static void row(Words words, RedeemIntent row) {
        var receipt = row.receipt().content();
        words.address(row.customer())
                .u64(row.index())
                .u64(receipt.sequence())
                .amount(receipt.total())
                .hash(receipt.history());
        signature(words, row.receipt().signature());
        row.badge().ifPresent(badge -> badge(words, badge));
    }

    private static void badge(Words words, Signed<Badge> signed) {
        var badge = signed.content();
        words.address(badge.employee())
                .hash(badge.channel().value())
                .amount(badge.maxTotal())
                .u64(badge.epoch())
                .u64(badge.validFrom())
                .u64(badge.validUntil());
        signature(words, signed.signature());
    }

    private static void signature(Words words, Signature signature) {
        words.hash(Hash.of(signature.r())).hash(Hash.of(signature.vs()));
    }

    private static Payload call(byte[] selector, Words arguments) {
        var words = arguments.toBytes();
        var data = Arrays.copyOf(selector, selector.length + words.length);
        System.arraycopy(words, 0, data, selector.length, words.length);
        return Payload.of(data);
    }

    private static byte[] selector(String signature) {
        return Arrays.copyOf(
                Keccak.hash(signature.getBytes(StandardCharsets.US_ASCII)).bytes(), 4);
    }
}
