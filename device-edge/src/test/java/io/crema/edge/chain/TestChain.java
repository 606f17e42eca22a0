package io.crema.edge.chain;

import io.crema.chain.abi.Structs;
import io.crema.chain.deploy.Contracts;
import io.crema.chain.deploy.Deployment;
import io.crema.chain.wrappers.CremaTestToken;
import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.contracts.value.MachineId;
import io.crema.platform.Anvil;
import java.math.BigInteger;
import java.util.Optional;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** A chain with the contracts, and one rented machine whose channel is funded. */
final class TestChain {
    static final Amount DEPOSIT = Amount.of(100_000_000);
    private static final StaticGasProvider GAS =
            new StaticGasProvider(BigInteger.valueOf(5_000_000_000L), BigInteger.valueOf(3_000_000));

    final Web3j web3j;
    final Contracts contracts;
    final SigningKey customer;
    final SigningKey manufacturer;
    final SigningKey machineAccount;
    final SigningKey stranger;
    final SigningKey machineKey = SigningKey.fromHex("0x" + "17".repeat(32));
    final SigningKey employee = SigningKey.fromHex("0x" + "18".repeat(32));
    final MachineId machine;
    private final Credentials owner;

    TestChain(Anvil anvil) throws Exception {
        web3j = Web3j.build(new HttpService(anvil.rpcUrl()));
        owner = Credentials.create(anvil.accounts().get(0).privateKey());
        customer = key(anvil, 1);
        manufacturer = key(anvil, 2);
        machineAccount = key(anvil, 3);
        stranger = key(anvil, 4);
        machine = MachineId.of(manufacturer.address(), "CM-1");
        contracts = Deployment.deploy(web3j, owner);
        var identity = IdentityProvider.load(contracts.identityProvider().hex(), web3j, by(owner), GAS);
        identity.onboard(customer.address().hex(), BigInteger.TWO, new byte[32]).send();
        identity.onboard(manufacturer.address().hex(), BigInteger.ONE, new byte[32])
                .send();
        var token = CremaTestToken.load(contracts.token().hex(), web3j, by(customer), GAS);
        token.mint(customer.address().hex(), BigInteger.TEN.pow(12)).send();
        token.approve(contracts.paymentProvider().hex(), BigInteger.TEN.pow(12)).send();
        rent();
    }

    Domains domains() {
        return Domains.of(
                contracts.chainId(),
                contracts.paymentProvider(),
                contracts.rentalProvider(),
                contracts.maintenanceProvider());
    }

    ChannelId channel() {
        return ChannelId.of(customer.address(), manufacturer.address(), 1);
    }

    /** Signed by the employee under a badge. */
    NewestReceipt receipt(long sequence, long total) {
        var domain = contracts.paymentDomain();
        var badge =
                new Badge(customer.address(), employee.address(), Badge.ALL_CHANNELS, DEPOSIT, 0, 1, 4_000_000_000L);
        var receipt = new Receipt(channel(), sequence, Amount.of(total), Hash.ZERO);
        Signed<Receipt> signed = TypedData.sign(receipt, domain, employee);
        return new NewestReceipt(
                contracts.chainId(),
                contracts.paymentProvider(),
                customer.address(),
                manufacturer.address(),
                1,
                signed,
                Optional.of(TypedData.sign(badge, domain, customer)));
    }

    BigInteger redeemed() throws Exception {
        return payment(owner).channels(channel().bytes()).send().component2();
    }

    BigInteger credited() throws Exception {
        return payment(owner).credited(manufacturer.address().hex()).send();
    }

    /** As the platform does it, from the manufacturer's account. */
    void platformRedeems(NewestReceipt it) throws Exception {
        payment(credentials(manufacturer))
                .redeemWithBadge(
                        it.payee().hex(),
                        Structs.redemption(
                                it.customer(),
                                it.index(),
                                it.receipt(),
                                it.badge().orElseThrow()))
                .send();
    }

    void platformRequests(MachineFault fault) throws Exception {
        MaintenanceProvider.load(contracts.maintenanceProvider().hex(), web3j, by(manufacturer), GAS)
                .requestService(
                        machine.bytes(), fault.id().bytes(), fault.evidence().bytes())
                .send();
    }

    long nonce(SigningKey account) throws Exception {
        return web3j.ethGetTransactionCount(account.address().hex(), DefaultBlockParameterName.LATEST)
                .send()
                .getTransactionCount()
                .longValueExact();
    }

    long chainTime() throws Exception {
        return web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false)
                .send()
                .getBlock()
                .getTimestamp()
                .longValueExact();
    }

    private PaymentProvider payment(Credentials sender) {
        return PaymentProvider.load(contracts.paymentProvider().hex(), web3j, by(sender), GAS);
    }

    private void rent() throws Exception {
        IdentityProvider.load(contracts.identityProvider().hex(), web3j, by(manufacturer), GAS)
                .registerMachine("CM-1", machineKey.address().hex())
                .send();
        var terms = new Terms(
                contracts.token(), Amount.of(1), 7 * 24 * 3600, 0, 0, Amount.ZERO, Amount.ZERO, Amount.ZERO, Hash.ZERO);
        var offer = TypedData.sign(
                new Offer(manufacturer.address(), customer.address(), machine, terms, 4_000_000_000L, BigInteger.ONE),
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

    private static SigningKey key(Anvil anvil, int account) {
        return SigningKey.fromHex(anvil.accounts().get(account).privateKey());
    }

    private static Credentials credentials(SigningKey key) {
        return Credentials.create(Hex.encode(key.privateKey()));
    }

    private RawTransactionManager by(SigningKey key) {
        return by(credentials(key));
    }

    private RawTransactionManager by(Credentials sender) {
        return new RawTransactionManager(web3j, sender, contracts.chainId(), 400, 10);
    }
}
