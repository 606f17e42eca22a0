package io.crema.settlement;

import io.crema.chain.abi.Structs;
import io.crema.chain.deploy.Contracts;
import io.crema.chain.deploy.Deployment;
import io.crema.chain.wrappers.CremaTestToken;
import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.platform.Anvil;
import java.math.BigInteger;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.methods.response.VoidResponse;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** A chain with deployed contracts and rented machines: customer 1 pays manufacturer 2 over channels 1 to n. */
final class TestWorld {
    static final Amount DEPOSIT = Amount.of(100_000_000);
    private static final StaticGasProvider GAS =
            new StaticGasProvider(BigInteger.valueOf(5_000_000_000L), BigInteger.valueOf(3_000_000));

    final HttpService http;
    final Web3j web3j;
    final Contracts contracts;
    final SigningKey customer;
    final SigningKey manufacturer;
    private final Credentials owner;

    TestWorld(Anvil anvil, int channels) throws Exception {
        http = new HttpService(anvil.rpcUrl());
        web3j = Web3j.build(http);
        owner = Credentials.create(anvil.accounts().get(0).privateKey());
        customer = SigningKey.fromHex(anvil.accounts().get(1).privateKey());
        manufacturer = SigningKey.fromHex(anvil.accounts().get(2).privateKey());
        contracts = Deployment.deploy(web3j, owner);
        var identity = IdentityProvider.load(contracts.identityProvider().hex(), web3j, by(owner), GAS);
        identity.onboard(customer.address().hex(), BigInteger.TWO, new byte[32]).send();
        identity.onboard(manufacturer.address().hex(), BigInteger.ONE, new byte[32])
                .send();
        var token = CremaTestToken.load(contracts.token().hex(), web3j, by(customer), GAS);
        token.mint(customer.address().hex(), BigInteger.TEN.pow(12)).send();
        token.approve(contracts.paymentProvider().hex(), BigInteger.TEN.pow(12)).send();
        for (var number = 1; number <= channels; number++) {
            rent("CM-" + number, number);
        }
    }

    ChannelId channel(long index) {
        return ChannelId.of(customer.address(), manufacturer.address(), index);
    }

    MachineId machine(int number) {
        return MachineId.of(manufacturer.address(), "CM-" + number);
    }

    BigInteger redeemed(long index) throws Exception {
        return payment().channels(channel(index).bytes()).send().component2();
    }

    BigInteger credited() throws Exception {
        return payment().credited(manufacturer.address().hex()).send();
    }

    long nonce() throws Exception {
        return nonce(DefaultBlockParameterName.LATEST);
    }

    /** With what waits in the node's pool. */
    long pendingNonce() throws Exception {
        return nonce(DefaultBlockParameterName.PENDING);
    }

    private long nonce(DefaultBlockParameterName at) throws Exception {
        return web3j.ethGetTransactionCount(manufacturer.address().hex(), at)
                .send()
                .getTransactionCount()
                .longValueExact();
    }

    /** One of anvil's own methods. */
    void anvil(String method, Object... parameters) throws Exception {
        var answer = new Request<>(method, java.util.List.of(parameters), http, VoidResponse.class).send();
        if (answer.hasError()) {
            throw new IllegalStateException(method + ": " + answer.getError().getMessage());
        }
    }

    private PaymentProvider payment() {
        return PaymentProvider.load(
                contracts.paymentProvider().hex(), web3j, new RawTransactionManager(web3j, owner, 31337), GAS);
    }

    private void rent(String serial, int number) throws Exception {
        IdentityProvider.load(contracts.identityProvider().hex(), web3j, by(manufacturer), GAS)
                .registerMachine(serial, owner.getAddress())
                .send();
        var terms = new Terms(
                contracts.token(), Amount.of(1), 7 * 24 * 3600, 0, 0, Amount.ZERO, Amount.ZERO, Amount.ZERO, Hash.ZERO);
        var offer = TypedData.sign(
                new Offer(
                        manufacturer.address(),
                        customer.address(),
                        machine(number),
                        terms,
                        4_000_000_000L,
                        BigInteger.valueOf(number)),
                contracts.rentalDomain(),
                manufacturer);
        RentalProvider.load(contracts.rentalProvider().hex(), web3j, by(customer), GAS)
                .conclude(
                        Structs.offer(offer.content()),
                        Structs.signature(offer.signature()),
                        DEPOSIT.value(),
                        Structs.noPermit())
                .send();
    }

    private RawTransactionManager by(SigningKey key) {
        return by(Credentials.create(io.crema.contracts.value.Hex.encode(key.privateKey())));
    }

    private RawTransactionManager by(Credentials sender) {
        return new RawTransactionManager(web3j, sender, 31337, 400, 10);
    }

    Address account() {
        return manufacturer.address();
    }
}
