package io.crema.cli.audit;

import io.crema.chain.deploy.Contracts;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import java.math.BigInteger;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** What the contracts say right now. */
public final class ChainState {
    private final PaymentProvider payment;

    public ChainState(Web3j chain, Contracts contracts) {
        var readOnly = new ReadonlyTransactionManager(chain, Address.ZERO.hex());
        var gas = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);
        payment = PaymentProvider.load(contracts.paymentProvider().hex(), chain, readOnly, gas);
    }

    /** What was redeemed of the channel by now. */
    public Amount redeemed(ChannelId channel) {
        return new Amount(ask(payment.channels(channel.bytes())).component2());
    }

    /** What the account may withdraw now. */
    public Amount credited(Address account) {
        return new Amount(ask(payment.credited(account.hex())));
    }

    private static <T> T ask(RemoteFunctionCall<T> call) {
        try {
            return call.send();
        } catch (Exception e) { // web3j declares no more than Exception
            throw new IllegalStateException("the chain does not answer a call: " + e.getMessage(), e);
        }
    }
}
