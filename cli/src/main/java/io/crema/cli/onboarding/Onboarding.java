package io.crema.cli.onboarding;

import io.crema.chain.abi.Structs;
import io.crema.chain.deploy.Contracts;
import io.crema.chain.wrappers.CremaTestToken;
import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** The steps by which participants join, machines are registered and rentals are concluded and funded. */
public final class Onboarding {
    /** The challenge period of the rentals: how long a machine may safely serve offline, plus a day. */
    public static final Duration CHALLENGE_PERIOD = Duration.ofDays(7);

    private static final StaticGasProvider NO_GAS = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);
    private static final int MANUFACTURER = 1;
    private static final int CUSTOMER = 2;
    private static final long FOREVER = 4_102_444_800L; // the year 2100

    private final Web3j chain;
    private final Contracts contracts;
    private final IdentityProvider identity;
    private final RentalProvider rental;
    private final PaymentProvider payment;
    private final CremaTestToken token;

    public Onboarding(Web3j chain, Contracts contracts) {
        this.chain = chain;
        this.contracts = contracts;
        var readOnly = new ReadonlyTransactionManager(chain, Address.ZERO.hex());
        identity = IdentityProvider.load(contracts.identityProvider().hex(), chain, readOnly, NO_GAS);
        rental = RentalProvider.load(contracts.rentalProvider().hex(), chain, readOnly, NO_GAS);
        payment = PaymentProvider.load(contracts.paymentProvider().hex(), chain, readOnly, NO_GAS);
        token = CremaTestToken.load(contracts.token().hex(), chain, readOnly, NO_GAS);
    }

    /** A machine that shall be rented. */
    public record Wish(String serial, SigningKey machineKey, Party customer, Amount deposit) {}

    /**
     * Onboards the parties, registers the machines, and gives the customers test money for their deposits.
     *
     * @param owner may onboard
     */
    public void join(Party owner, Party manufacturer, List<Party> customers, List<Wish> wishes) throws IOException {
        var batch = batch();
        onboard(batch, owner, manufacturer, MANUFACTURER);
        for (var customer : customers) {
            onboard(batch, owner, customer, CUSTOMER);
            var needed = wishes.stream()
                    .filter(wish -> wish.customer().equals(customer))
                    .map(Wish::deposit)
                    .reduce(Amount.ZERO, Amount::plus);
            fund(batch, customer, needed);
        }
        batch.await();
        var machines = batch();
        for (var wish : wishes) {
            machines.send(
                    "register machine " + wish.serial(),
                    manufacturer.key(),
                    contracts.identityProvider(),
                    data(identity.registerMachine(
                            wish.serial(), wish.machineKey().address().hex())));
        }
        machines.await();
    }

    /** Concludes one rental per wish, each in one transaction by its customer, against an offer of the manufacturer. */
    public List<RentedMachine> rent(Party manufacturer, List<Wish> wishes) throws IOException {
        var batch = batch();
        List<RentedMachine> rented = new ArrayList<>();
        for (var wish : wishes) {
            var customer = wish.customer();
            var machine = MachineId.of(manufacturer.address(), wish.serial());
            var offer = offer(manufacturer, customer, machine, wish.deposit());
            var index = offer.content().channelIndex();
            batch.send(
                    "conclude the rental of machine " + wish.serial(),
                    customer.key(),
                    contracts.rentalProvider(),
                    data(rental.conclude(
                            Structs.offer(offer.content()),
                            Structs.signature(offer.signature()),
                            wish.deposit().value(),
                            Structs.noPermit())));
            var channel = ChannelId.of(customer.address(), manufacturer.address(), index);
            rented.add(new RentedMachine(
                    wish.serial(), machine, wish.machineKey(), customer, channel, index, wish.deposit()));
        }
        batch.await();
        return rented;
    }

    /** Pays more credit into the channels, from their customers; returns them with their new deposits. */
    public List<RentedMachine> topUp(Party manufacturer, Map<RentedMachine, Amount> amounts) throws IOException {
        var money = batch();
        for (var entry : amounts.entrySet()) {
            fund(money, entry.getKey().customer(), entry.getValue());
        }
        money.await();
        var batch = batch();
        List<RentedMachine> richer = new ArrayList<>();
        for (var entry : amounts.entrySet()) {
            var machine = entry.getKey();
            var customer = machine.customer();
            batch.send(
                    "top up the channel of machine " + machine.serial(),
                    customer.key(),
                    contracts.paymentProvider(),
                    data(payment.topUp(
                            customer.address().hex(),
                            manufacturer.address().hex(),
                            BigInteger.valueOf(machine.index()),
                            entry.getValue().value())));
            richer.add(machine.withDeposit(machine.deposited().plus(entry.getValue())));
        }
        batch.await();
        return richer;
    }

    private void onboard(ChainBatch batch, Party owner, Party party, int role) throws IOException {
        batch.send(
                "onboard " + party.name(),
                owner.key(),
                contracts.identityProvider(),
                data(identity.onboard(party.address().hex(), BigInteger.valueOf(role), new byte[32])));
    }

    /** Test money, and the allowance by which the PaymentProvider takes it. */
    private void fund(ChainBatch batch, Party customer, Amount amount) throws IOException {
        batch.send(
                "mint test money for " + customer.name(),
                customer.key(),
                contracts.token(),
                data(token.mint(customer.address().hex(), amount.value())));
        batch.send(
                "allow the deposit of " + customer.name(),
                customer.key(),
                contracts.token(),
                data(token.approve(contracts.paymentProvider().hex(), Amount.MAX.value())));
    }

    private Signed<Offer> offer(Party manufacturer, Party customer, MachineId machine, Amount deposit) {
        var terms = new Terms(
                contracts.token(),
                deposit,
                Math.toIntExact(CHALLENGE_PERIOD.toSeconds()),
                Duration.ofDays(30).toSeconds(),
                Math.toIntExact(Duration.ofDays(14).toSeconds()),
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Hash.ZERO);
        var nonce = new BigInteger(1, machine.bytes());
        var offer = new Offer(manufacturer.address(), customer.address(), machine, terms, FOREVER, nonce);
        return TypedData.sign(offer, contracts.rentalDomain(), manufacturer.key());
    }

    private ChainBatch batch() throws IOException {
        return new ChainBatch(chain, contracts.chainId());
    }

    private static String data(RemoteFunctionCall<?> call) {
        return call.encodeFunctionCall();
    }
}
