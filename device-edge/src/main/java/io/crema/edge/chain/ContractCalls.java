package io.crema.edge.chain;

import io.crema.chain.abi.ServiceStructs;
import io.crema.chain.abi.Structs;
import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.Payload;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.contracts.typed.Attestation;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.RequestId;
import java.math.BigInteger;
import java.util.Arrays;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** The few calls that a machine makes, encoded by the contracts' wrappers and sent by nobody here. Thread-safe. */
final class ContractCalls {
    private static final int WORD = 32;

    private final PaymentProvider payment;
    private final MaintenanceProvider maintenance;

    ContractCalls(Address paymentProvider, Address maintenanceProvider) {
        // never asked: the wrappers only encode
        var nowhere = Web3j.build(new HttpService("http://127.0.0.1:9"));
        var nobody = new ReadonlyTransactionManager(nowhere, Address.ZERO.hex());
        var gas = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);
        payment = PaymentProvider.load(paymentProvider.hex(), nowhere, nobody, gas);
        maintenance = MaintenanceProvider.load(maintenanceProvider.hex(), nowhere, nobody, gas);
    }

    Payload redeem(NewestReceipt it) {
        var payee = it.payee().hex();
        return it.badge()
                .map(badge -> encoded(payment.redeemWithBadge(
                        payee, Structs.redemption(it.customer(), it.index(), it.receipt(), badge))))
                .orElseGet(() ->
                        encoded(payment.redeem(payee, Structs.redemption(it.customer(), it.index(), it.receipt()))));
    }

    Payload requestByMachine(Hash fault, Signed<Attestation> attestation) {
        return encoded(maintenance.requestByMachine(
                fault.bytes(),
                ServiceStructs.attestation(attestation.content()),
                ServiceStructs.signature(attestation.signature())));
    }

    /** What PaymentProvider holds of the channel. */
    OnChain channel(ChainPort chain, Address asker, ChannelId channel) {
        var words = words(chain, asker, payment.getContractAddress(), encoded(payment.channels(channel.bytes())), 2);
        return new OnChain(
                new Amount(new BigInteger(1, Arrays.copyOfRange(words, 0, WORD))),
                new Amount(new BigInteger(1, Arrays.copyOfRange(words, WORD, 2 * WORD))));
    }

    /** Whether somebody has asked for this service already. */
    boolean isRequested(ChainPort chain, Address asker, RequestId request) {
        var call = encoded(maintenance.requestedAt(request.bytes()));
        return new BigInteger(1, words(chain, asker, maintenance.getContractAddress(), call, 1)).signum() != 0;
    }

    /** Deposited and redeemed, in the token's smallest unit. */
    record OnChain(Amount deposited, Amount redeemed) {

        /** What a receipt of this total would pay now. */
        Amount payable(Amount total) {
            return total.min(deposited).minusOrZero(redeemed);
        }
    }

    private static byte[] words(ChainPort chain, Address asker, String contract, Payload call, int expected) {
        var answer = chain.call(asker, Address.fromHex(contract), call);
        if (answer instanceof CallResult.Returned<Payload> returned
                && returned.value().size() >= expected * WORD) {
            return returned.value().bytes();
        }
        throw new ChainUnreachableException(
                "contract %s answered %s where %d words were expected; is its address right?"
                        .formatted(contract, answer, expected));
    }

    private static Payload encoded(RemoteFunctionCall<?> call) {
        return Payload.fromHex(call.encodeFunctionCall());
    }
}
