package io.crema.cli.onboarding;

import io.crema.chain.abi.Structs;
import io.crema.chain.deploy.Contracts;
import io.crema.chain.wrappers.CremaTestToken;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import java.io.IOException;
import java.math.BigInteger;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** Rentals as a customer concludes them on a chain of its own choice. Thread-safe. */
public final class Concluding {
    private static final StaticGasProvider NO_GAS = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

    private final Web3j chain;
    private final Contracts contracts;
    private final RentalProvider rental;
    private final PaymentProvider payment;

    /** As every ERC-20 with permit has it; nothing of the test token is used. */
    private final CremaTestToken token;

    public Concluding(Web3j chain, Contracts contracts) {
        this.chain = chain;
        this.contracts = contracts;
        var readOnly = new ReadonlyTransactionManager(chain, Address.ZERO.hex());
        rental = RentalProvider.load(contracts.rentalProvider().hex(), chain, readOnly, NO_GAS);
        payment = PaymentProvider.load(contracts.paymentProvider().hex(), chain, readOnly, NO_GAS);
        token = CremaTestToken.load(contracts.token().hex(), chain, readOnly, NO_GAS);
    }

    /**
     * Allows the deposit to be taken, and concludes.
     *
     * @param deposit in the token's smallest unit
     * @return the channel that is open now
     * @throws IllegalArgumentException when the offer is for somebody else, or another token, or asks for more
     * @throws OnboardingException when the chain refuses
     */
    public ChannelId conclude(Signed<Offer> offer, Amount deposit, SigningKey customer) throws IOException {
        var content = offer.content();
        if (!content.customer().isZero() && !content.customer().equals(customer.address())) {
            throw new IllegalArgumentException(
                    "the offer is for %s, this account is %s".formatted(content.customer(), customer.address()));
        }
        if (!content.terms().token().equals(contracts.token())) {
            throw new IllegalArgumentException("the offer is in token %s, these contracts take %s"
                    .formatted(content.terms().token(), contracts.token()));
        }
        if (content.terms().minDeposit().exceeds(deposit)) {
            throw new IllegalArgumentException("the offer asks for a deposit of at least %s, got %s"
                    .formatted(content.terms().minDeposit(), deposit));
        }
        new ChainBatch(chain, contracts.chainId())
                .send(
                        "allow the deposit",
                        customer,
                        contracts.token(),
                        token.approve(contracts.paymentProvider().hex(), deposit.value())
                                .encodeFunctionCall())
                .send(
                        "conclude the rental",
                        customer,
                        contracts.rentalProvider(),
                        rental.conclude(
                                        Structs.offer(content),
                                        Structs.signature(offer.signature()),
                                        deposit.value(),
                                        Structs.noPermit())
                                .encodeFunctionCall())
                .await();
        return ChannelId.of(customer.address(), content.manufacturer(), content.channelIndex());
    }

    /** @throws IllegalArgumentException when there is no such channel */
    public void checkOpen(ChannelId channel, Address customer) throws IOException {
        var state = ask(payment.channels(channel.bytes()));
        if (state.component4().signum() == 0) {
            throw new IllegalArgumentException(
                    "customer %s has no open channel %s; conclude the rental first, and check --index and the code"
                            .formatted(customer, channel));
        }
    }

    /** The token's. */
    public int decimals() throws IOException {
        return ask(token.decimals()).intValueExact();
    }

    private static <T> T ask(RemoteFunctionCall<T> call) throws IOException {
        try {
            return call.send();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) { // web3j's calls throw Exception
            throw new OnboardingException("the chain does not answer: " + e.getMessage(), e);
        }
    }
}
