package io.crema.simulation.chain;

import io.crema.chain.transactions.Payload;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import io.crema.settlement.contract.ContractCalls;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads redemptions from the bytes that settlement sends (Solidity ABI). Pure. */
public final class PaymentCalls {
    private static final int WORD = 32;
    private static final int ROW = 7 * WORD;
    private static final int BADGED_ROW = 15 * WORD;

    private final byte[] data;

    private PaymentCalls(byte[] data) {
        this.data = data;
    }

    /** {@link PaymentCall.Nothing} for what is no redemption. */
    public static PaymentCall decode(Payload payload) {
        var calls = new PaymentCalls(payload.bytes());
        return switch (ContractCalls.kind(payload)) {
            case "REDEEM" -> calls.redeem();
            case "REDEEM_MANY" -> calls.redeemMany();
            default -> new PaymentCall.Nothing();
        };
    }

    private PaymentCall redeem() {
        var payee = address(4);
        return new PaymentCall.Redeem(payee, row(payee, 4 + WORD, data.length > 4 + WORD + ROW));
    }

    private PaymentCall redeemMany() {
        var payee = address(4);
        List<PaymentCall.Row> rows = new ArrayList<>();
        rows(payee, 4 + number(4 + WORD).intValueExact(), ROW, rows);
        rows(payee, 4 + number(4 + 2 * WORD).intValueExact(), BADGED_ROW, rows);
        return new PaymentCall.RedeemMany(payee, rows);
    }

    private void rows(Address payee, int at, int size, List<PaymentCall.Row> into) {
        var count = number(at).intValueExact();
        for (var i = 0; i < count; i++) {
            into.add(row(payee, at + WORD + i * size, size == BADGED_ROW));
        }
    }

    private PaymentCall.Row row(Address payee, int at, boolean badged) {
        var customer = address(at);
        var index = number(at + WORD).longValue();
        var receipt = new Receipt(
                ChannelId.of(customer, payee, index),
                number(at + 2 * WORD).longValue(),
                new Amount(number(at + 3 * WORD)),
                Hash.of(word(at + 4 * WORD)));
        return new PaymentCall.Row(
                customer,
                index,
                new Signed<>(receipt, signature(at + 5 * WORD)),
                badged ? Optional.of(badge(customer, at + ROW)) : Optional.empty());
    }

    private Signed<Badge> badge(Address customer, int at) {
        var badge = new Badge(
                customer,
                address(at),
                new ChannelId(Hash.of(word(at + WORD))),
                new Amount(number(at + 2 * WORD)),
                number(at + 3 * WORD).longValueExact(),
                number(at + 4 * WORD).longValueExact(),
                number(at + 5 * WORD).longValueExact());
        return new Signed<>(badge, signature(at + 6 * WORD));
    }

    private Signature signature(int at) {
        return Signature.of(Arrays.copyOfRange(data, at, at + Signature.LENGTH));
    }

    private Address address(int at) {
        return Address.of(Arrays.copyOfRange(data, at + 12, at + WORD));
    }

    private BigInteger number(int at) {
        return new BigInteger(1, word(at));
    }

    private byte[] word(int at) {
        return Arrays.copyOfRange(data, at, at + WORD);
    }
}
