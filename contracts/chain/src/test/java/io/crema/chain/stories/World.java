package io.crema.chain.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.deploy.Contracts;
import io.crema.chain.deploy.Deployment;
import io.crema.chain.wrappers.CremaTestToken;
import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.chain.wrappers.SupplyProvider;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Attestation;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.typed.Verdict;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.platform.Anvil;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.methods.response.VoidResponse;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.gas.StaticGasProvider;

/** A chain of its own with all contracts and everybody onboarded; a machine; and a clock that can be put forward. */
final class World implements AutoCloseable {
    static final long FAR = 4_000_000_000L;
    private static final StaticGasProvider GAS =
            new StaticGasProvider(BigInteger.valueOf(5_000_000_000L), BigInteger.valueOf(3_000_000));
    private static final long UNIT = 1_000_000;
    /** IdentityProvider's Kind of a vote. */
    private static final int SET_ROLES = 3;

    final Contracts contracts;
    final Actor owner;
    final Actor customer;
    final Actor manufacturer;
    final Actor provider;
    final Actor backup;
    final Actor supplier;
    final Actor carrier;
    final Actor arbiter;
    final Actor guardian;
    final Actor fresh;
    final SigningKey machineKey = SigningKey.of(TypedData.keccak("machine").bytes());
    final MachineId machine;
    private final Anvil anvil = Anvil.builder().blockPerTransaction().start();
    private final HttpService node = new HttpService(anvil.rpcUrl());
    private final Web3j web3j = Web3j.build(node);

    World() throws Exception {
        owner = actor(0);
        customer = actor(1);
        manufacturer = actor(2);
        provider = actor(3);
        backup = actor(4);
        supplier = actor(5);
        carrier = actor(6);
        arbiter = actor(7);
        guardian = actor(8);
        fresh = actor(9);
        contracts = Deployment.deploy(web3j, owner.credentials());
        onboard(manufacturer, 1);
        onboard(customer, 2);
        onboard(provider, 8);
        onboard(backup, 8);
        onboard(supplier, 16);
        onboardOracle(carrier);
        onboardOracle(arbiter);
        identity(manufacturer)
                .registerMachine("CM-1", machineKey.address().hex())
                .send();
        machine = MachineId.of(manufacturer.address(), "CM-1");
    }

    static Amount units(long units) {
        return Amount.of(units * UNIT);
    }

    IdentityProvider identity(Actor by) {
        return IdentityProvider.load(contracts.identityProvider().hex(), web3j, by.transactions(), GAS);
    }

    PaymentProvider payment(Actor by) {
        return PaymentProvider.load(contracts.paymentProvider().hex(), web3j, by.transactions(), GAS);
    }

    RentalProvider rental(Actor by) {
        return RentalProvider.load(contracts.rentalProvider().hex(), web3j, by.transactions(), GAS);
    }

    MaintenanceProvider maintenance(Actor by) {
        return MaintenanceProvider.load(contracts.maintenanceProvider().hex(), web3j, by.transactions(), GAS);
    }

    SupplyProvider supply(Actor by) {
        return SupplyProvider.load(contracts.supplyProvider().hex(), web3j, by.transactions(), GAS);
    }

    private CremaTestToken token(Actor by) {
        return CremaTestToken.load(contracts.token().hex(), web3j, by.transactions(), GAS);
    }

    /** Gives the actor tokens and lets the contract take them. */
    void fund(Actor actor, Address contract, Amount amount) throws Exception {
        token(actor).mint(actor.hex(), amount.value()).send();
        token(actor).approve(contract.hex(), amount.value()).send();
    }

    /** The tokens of an account, in the smallest unit. */
    void assertHolds(Address account, Amount amount) throws Exception {
        assertThat(token(owner).balanceOf(account.hex()).send())
                .as(account.hex())
                .isEqualTo(amount.value());
    }

    void assertHolds(Actor actor, Amount amount) throws Exception {
        assertHolds(actor.address(), amount);
    }

    /** What somebody saw just now. */
    Signed<Attestation> attest(SigningKey key, Domain domain, Verdict verdict, Hash subject) throws Exception {
        var attestation = new Attestation(machine, subject, verdict.code(), now(), TypedData.keccak("evidence"));
        return TypedData.sign(attestation, domain, key);
    }

    /** The newest block's time, in seconds. */
    long now() throws Exception {
        return web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false)
                .send()
                .getBlock()
                .getTimestamp()
                .longValueExact();
    }

    /** The next block is mined at this second. */
    void nextBlockAt(long second) throws Exception {
        anvil("evm_setNextBlockTimestamp", second);
    }

    /** A block is mined so much later. */
    void pass(Duration time) throws Exception {
        nextBlockAt(now() + time.toSeconds());
        anvil("evm_mine");
    }

    private void anvil(String method, Object... parameters) throws Exception {
        var answer = new Request<>(method, List.of(parameters), node, VoidResponse.class).send();
        assertThat(answer.hasError()).as(method).isFalse();
    }

    /** Oracles rule on money: that role takes a vote. */
    private void onboardOracle(Actor actor) throws Exception {
        onboard(actor, 0);
        var made = identity(owner)
                .propose(BigInteger.valueOf(SET_ROLES), actor.hex(), BigInteger.valueOf(32))
                .send();
        var proposal = IdentityProvider.getProposalMadeEvents(made).getFirst().proposal;
        identity(owner).execute(proposal).send();
    }

    private void onboard(Actor actor, int roles) throws Exception {
        identity(owner)
                .onboard(actor.hex(), BigInteger.valueOf(roles), new byte[32])
                .send();
    }

    private Actor actor(int number) {
        return Actor.of(web3j, anvil.accounts().get(number).privateKey());
    }

    @Override
    public void close() {
        web3j.shutdown();
        anvil.close();
    }
}
