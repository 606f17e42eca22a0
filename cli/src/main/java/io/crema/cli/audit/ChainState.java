package io.crema.cli.audit;

import io.crema.chain.deploy.Contracts;
import io.crema.chain.wrappers.CremaTestToken;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Optional;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** What the contracts say right now. */
public final class ChainState {
    private final Web3j chain;
    private final PaymentProvider payment;
    private final CremaTestToken token;
    private final Contracts contracts;

    /** A channel's slot. */
    record Slot(Amount deposited, Amount redeemed) {}

    /** What one mined transaction used. */
    record Mined(boolean succeeded, long gasUsed) {}

    public ChainState(Web3j chain, Contracts contracts) {
        this.chain = chain;
        this.contracts = contracts;
        var readOnly = new ReadonlyTransactionManager(chain, Address.ZERO.hex());
        var gas = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);
        payment = PaymentProvider.load(contracts.paymentProvider().hex(), chain, readOnly, gas);
        token = CremaTestToken.load(contracts.token().hex(), chain, readOnly, gas);
    }

    Slot channel(ChannelId channel) {
        var slot = ask(payment.channels(channel.bytes()));
        return new Slot(new Amount(slot.component1()), new Amount(slot.component2()));
    }

    /** What was redeemed of the channel by now. */
    public Amount redeemed(ChannelId channel) {
        return channel(channel).redeemed();
    }

    /** What the account may withdraw now. */
    public Amount credited(Address account) {
        return new Amount(ask(payment.credited(account.hex())));
    }

    public Amount credited(Collection<Address> accounts) {
        return accounts.stream().distinct().map(this::credited).reduce(Amount.ZERO, Amount::plus);
    }

    /** The tokens that the PaymentProvider holds. */
    BigInteger held() {
        return ask(token.balanceOf(contracts.paymentProvider().hex()));
    }

    /** How many transactions of the account the chain has taken. */
    long nonce(Address account) {
        try {
            return chain.ethGetTransactionCount(account.hex(), DefaultBlockParameterName.LATEST)
                    .send()
                    .getTransactionCount()
                    .longValueExact();
        } catch (IOException e) {
            throw new UncheckedIOException("the chain does not answer", e);
        }
    }

    Optional<Mined> mined(Hash transaction) {
        try {
            return chain.ethGetTransactionReceipt(transaction.hex())
                    .send()
                    .getTransactionReceipt()
                    .map(r -> new Mined(r.isStatusOK(), r.getGasUsed().longValueExact()));
        } catch (IOException e) {
            throw new UncheckedIOException("the chain does not answer", e);
        }
    }

    private static <T> T ask(RemoteFunctionCall<T> call) {
        try {
            return call.send();
        } catch (Exception e) { // web3j declares no more than Exception
            throw new IllegalStateException("the chain does not answer a call: " + e.getMessage(), e);
        }
    }
}
