package io.crema.simulation.chain;

import io.crema.chain.abi.Structs;
import io.crema.chain.wrappers.PaymentProvider;
import java.math.BigInteger;
import java.util.List;

/** The calls as the contract takes them. */
final class CallData {
    private CallData() {}

    static String of(PaymentProvider contract, PaymentCall call) {
        return switch (call) {
            case PaymentCall.Open(var customer, var payee, var index, var deposit, var period) ->
                contract.open(customer.hex(), payee.hex(), number(index), deposit.value(), number(period))
                        .encodeFunctionCall();
            case PaymentCall.TopUp(var customer, var payee, var index, var amount) ->
                contract.topUp(customer.hex(), payee.hex(), number(index), amount.value())
                        .encodeFunctionCall();
            case PaymentCall.Redeem(var payee, var row) ->
                row.badge().isEmpty()
                        ? contract.redeem(payee.hex(), plain(row)).encodeFunctionCall()
                        : contract.redeemWithBadge(payee.hex(), badged(row)).encodeFunctionCall();
            case PaymentCall.RedeemMany(var payee, var rows) -> many(contract, payee.hex(), rows);
            case PaymentCall.RequestClose(var payee, var index) ->
                contract.requestClose(payee.hex(), number(index)).encodeFunctionCall();
            case PaymentCall.Close(var customer, var payee, var index) ->
                contract.close(customer.hex(), payee.hex(), number(index)).encodeFunctionCall();
            case PaymentCall.Withdraw(var to) -> contract.withdraw(to.hex()).encodeFunctionCall();
            case PaymentCall.RaiseEpoch(var epoch) ->
                contract.raiseEpoch(number(epoch)).encodeFunctionCall();
            case PaymentCall.SetSigner(var signer) ->
                contract.setSigner(signer.hex()).encodeFunctionCall();
            case PaymentCall.Nothing() -> "0x";
        };
    }

    private static String many(PaymentProvider contract, String payee, List<PaymentCall.Row> rows) {
        return contract.redeemMany(
                        payee,
                        rows.stream()
                                .filter(row -> row.badge().isEmpty())
                                .map(CallData::plain)
                                .toList(),
                        rows.stream()
                                .filter(row -> row.badge().isPresent())
                                .map(CallData::badged)
                                .toList())
                .encodeFunctionCall();
    }

    private static PaymentProvider.Redemption plain(PaymentCall.Row row) {
        return Structs.redemption(row.customer(), row.index(), row.receipt());
    }

    private static PaymentProvider.BadgedRedemption badged(PaymentCall.Row row) {
        return Structs.redemption(
                row.customer(), row.index(), row.receipt(), row.badge().orElseThrow());
    }

    private static BigInteger number(long value) {
        return BigInteger.valueOf(value);
    }
}
