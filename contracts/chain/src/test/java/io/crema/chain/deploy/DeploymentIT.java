package io.crema.chain.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.abi.RedemptionErrors;
import io.crema.chain.abi.Structs;
import io.crema.chain.wrappers.CremaTestToken;
import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Acceptance;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.platform.Anvil;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** The contracts on a real chain, called through their wrappers with what the off-chain half signs. */
final class DeploymentIT {
    private static final StaticGasProvider GAS =
            new StaticGasProvider(BigInteger.valueOf(5_000_000_000L), BigInteger.valueOf(3_000_000));
    private static final long FAR = 4_000_000_000L;
    private static final Amount DEPOSIT = Amount.of(100_000_000);
    private static final Hash HISTORY = Hash.of(filled((byte) 7));

    private static Anvil anvil;
    private static Web3j web3j;
    private static Contracts contracts;
    private static Credentials owner;
    private static Credentials customer;
    private static Credentials manufacturer;

    private static SigningKey customerKey;
    private static SigningKey manufacturerKey;
    private final SigningKey employeeKey = SigningKey.of(filled((byte) 5));

    @BeforeAll
    static void deploy() throws Exception {
        anvil = Anvil.builder().blockPerTransaction().start();
        web3j = Web3j.build(new HttpService(anvil.rpcUrl()));
        owner = account(0);
        customer = account(1);
        manufacturer = account(2);
        customerKey = SigningKey.fromHex(anvil.accounts().get(1).privateKey());
        manufacturerKey = SigningKey.fromHex(anvil.accounts().get(2).privateKey());
        contracts = Deployment.deploy(web3j, owner);

        var identity = IdentityProvider.load(contracts.identityProvider().hex(), web3j, by(owner), GAS);
        identity.onboard(customer.getAddress(), BigInteger.TWO, new byte[32]).send();
        identity.onboard(manufacturer.getAddress(), BigInteger.ONE, new byte[32])
                .send();
        var token = CremaTestToken.load(contracts.token().hex(), web3j, by(customer), GAS);
        token.mint(customer.getAddress(), BigInteger.TEN.pow(12)).send();
        token.approve(contracts.paymentProvider().hex(), BigInteger.TEN.pow(12)).send();
    }

    @AfterAll
    static void stop() {
        web3j.shutdown();
        anvil.close();
    }

    @Test
    void shouldDeployContractsThatKnowEachOther() throws Exception {
        assertThat(payment().opener().send())
                .isEqualToIgnoringCase(contracts.rentalProvider().hex());
        assertThat(payment().token().send())
                .isEqualToIgnoringCase(contracts.token().hex());
        assertThat(payment().domainSeparator().send())
                .isEqualTo(contracts.paymentDomain().separator().bytes());
        assertThat(rental(customer).domainSeparator().send())
                .isEqualTo(contracts.rentalDomain().separator().bytes());
        assertThat(contracts.deploymentBlock()).isEqualTo(2);
        assertThat(contracts.chainId()).isEqualTo(31337);
        assertThat(Contracts.fromJson(contracts.toJson())).isEqualTo(contracts);
    }

    @Test
    void shouldConcludeARentalAndRedeemItsReceipts() throws Exception {
        var machine = register("CM-1");
        var offer = offer(machine, BigInteger.ONE);
        var transaction = rental(customer)
                .conclude(
                        Structs.offer(offer.content()),
                        Structs.signature(offer.signature()),
                        DEPOSIT.value(),
                        Structs.noPermit())
                .send();
        var index = index(transaction, offer);
        var channel = ChannelId.of(customerKey.address(), manufacturerKey.address(), index);

        var customerAddress = customerKey.address();
        var payee = manufacturer.getAddress();
        var byEmployee =
                Structs.redemption(customerAddress, index, receipt(channel, 2, 2_500_000, employeeKey), badge());
        var byCustomer = Structs.redemption(customerAddress, index, receipt(channel, 1, 1_500_000, customerKey));
        var forged = Structs.redemption(customerAddress, index, receipt(channel, 3, 9_000_000, manufacturerKey));
        var redeemed = payment()
                .redeemMany(payee, List.of(byCustomer, forged), List.of(byEmployee))
                .send();

        assertThat(PaymentProvider.getChannelRedeemedEvents(redeemed))
                .extracting(event -> event.redeemed.intValueExact())
                .containsExactly(1_500_000, 2_500_000);
        assertThat(PaymentProvider.getRedemptionSkippedEvents(redeemed))
                .singleElement()
                .satisfies(event -> assertThat(event.sequence).isEqualTo(3))
                .satisfies(
                        event -> assertThat(RedemptionErrors.name(event.reason)).isEqualTo("WrongSigner"));
        var stored = payment().channels(channel.bytes()).send();
        assertThat(stored.component1()).isEqualTo(DEPOSIT.value());
        assertThat(stored.component2()).isEqualTo(2_500_000);
        assertThat(payment().credited(manufacturer.getAddress()).send())
                .isGreaterThanOrEqualTo(BigInteger.valueOf(2_500_000));
        assertThatThrownBy(() -> payment().redeem(payee, forged).send())
                .hasMessageContaining(CustomErrorEncoder.encode(PaymentProvider.WRONGSIGNER_ERROR)
                        .substring(0, 10));
    }

    @Test
    void shouldConcludeForACustomerWhoOnlySigned() throws Exception {
        var offer = offer(register("CM-2"), BigInteger.TWO);
        var acceptance = TypedData.sign(
                new Acceptance(contracts.rentalDomain().digest(offer.content()), DEPOSIT, FAR),
                contracts.rentalDomain(),
                customerKey);
        var transaction = rental(owner)
                .concludeFor(
                        Structs.offer(offer.content()),
                        Structs.signature(offer.signature()),
                        Structs.acceptance(acceptance.content()),
                        Structs.signature(acceptance.signature()),
                        Structs.noPermit())
                .send();
        assertThat(index(transaction, offer)).isPositive();
    }

    @Test
    void shouldRequestServiceOnce() throws Exception {
        var machine = register("CM-3");
        var maintenance =
                MaintenanceProvider.load(contracts.maintenanceProvider().hex(), web3j, by(manufacturer), GAS);
        var transaction = maintenance
                .requestService(machine.bytes(), HISTORY.bytes(), new byte[32])
                .send();
        assertThat(MaintenanceProvider.getServiceRequestedEvents(transaction))
                .singleElement()
                .satisfies(event -> assertThat(event.machine).isEqualTo(machine.bytes()));
        assertThatThrownBy(() -> maintenance
                        .requestService(machine.bytes(), HISTORY.bytes(), new byte[32])
                        .send())
                .isInstanceOf(Exception.class);
    }

    private static MachineId register(String serial) throws Exception {
        IdentityProvider.load(contracts.identityProvider().hex(), web3j, by(manufacturer), GAS)
                .registerMachine(serial, owner.getAddress())
                .send();
        return MachineId.of(Address.fromHex(manufacturer.getAddress()), serial);
    }

    private Signed<Offer> offer(MachineId machine, BigInteger nonce) {
        var terms = new Terms(
                contracts.token(),
                Amount.of(10_000_000),
                7 * 24 * 3600,
                0,
                0,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                HISTORY);
        var offer = new Offer(manufacturerKey.address(), customerKey.address(), machine, terms, FAR, nonce);
        return TypedData.sign(offer, contracts.rentalDomain(), manufacturerKey);
    }

    private static long index(TransactionReceipt transaction, Signed<Offer> offer) {
        var concluded = RentalProvider.getRentalConcludedEvents(transaction).getFirst();
        assertThat(concluded.rental)
                .isEqualTo(contracts.rentalDomain().digest(offer.content()).bytes());
        return concluded.index.longValueExact();
    }

    private Signed<Badge> badge() {
        var badge = new Badge(
                customerKey.address(), employeeKey.address(), Badge.ALL_CHANNELS, Amount.of(5_000_000), 0, 0, FAR);
        return TypedData.sign(badge, contracts.paymentDomain(), customerKey);
    }

    private static Signed<Receipt> receipt(ChannelId channel, long sequence, long total, SigningKey key) {
        var receipt = new Receipt(channel, sequence, Amount.of(total), HISTORY);
        return TypedData.sign(receipt, contracts.paymentDomain(), key);
    }

    private static PaymentProvider payment() {
        return PaymentProvider.load(contracts.paymentProvider().hex(), web3j, by(owner), GAS);
    }

    private static RentalProvider rental(Credentials sender) {
        return RentalProvider.load(contracts.rentalProvider().hex(), web3j, by(sender), GAS);
    }

    private static TransactionManager by(Credentials sender) {
        return new RawTransactionManager(web3j, sender, 31337, 200, 25);
    }

    private static Credentials account(int number) {
        return Credentials.create(anvil.accounts().get(number).privateKey());
    }

    private static byte[] filled(byte value) {
        var bytes = new byte[32];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
