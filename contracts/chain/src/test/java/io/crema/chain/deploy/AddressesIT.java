package io.crema.chain.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.wrappers.Deployer;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.platform.Anvil;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.methods.response.VoidResponse;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** Where the contracts are deployed, and that what is there is what the build made. */
final class AddressesIT {
    private static final StaticGasProvider GAS =
            new StaticGasProvider(BigInteger.valueOf(5_000_000_000L), BigInteger.valueOf(3_000_000));

    private final Anvil anvil = Anvil.builder().blockPerTransaction().start();
    private final HttpService node = new HttpService(anvil.rpcUrl());
    private final Web3j web3j = Web3j.build(node);
    private final Credentials deployer = account(0);

    @AfterEach
    void stop() {
        web3j.shutdown();
        anvil.close();
    }

    @Test
    void shouldGiveOneAccountTheSameAddressesOnEveryChain() throws Exception {
        var here = Deployment.deploy(web3j, deployer);
        try (var other = Anvil.builder().chainId(99).blockPerTransaction().start()) {
            var there = Web3j.build(new HttpService(other.rpcUrl()));
            new RawTransactionManager(there, deployer, 99)
                    .sendTransaction(
                            BigInteger.valueOf(5_000_000_000L),
                            BigInteger.valueOf(21_000),
                            deployer.getAddress(),
                            "",
                            BigInteger.ONE);
            assertThat(Deployment.deploy(there, deployer).byName()).isEqualTo(here.byName());
            assertThat(Deployment.deploy(there, account(1)).byName().values())
                    .doesNotContainAnyElementsOf(here.byName().values());
            there.shutdown();
        }
    }

    @Test
    void shouldAgreeWithTheDeployerOnItsAddresses() throws Exception {
        var contracts = Deployment.deploy(web3j, deployer);
        var blueprint = new Blueprint(Address.fromHex(deployer.getAddress()), DeploymentOptions.DEFAULT);
        var onChain = Deployer.load(
                blueprint.deployer().address().hex(), web3j, new RawTransactionManager(web3j, deployer, 31337), GAS);
        for (var plan : blueprint.plans()) {
            assertThat(onChain.addressOf(deployer.getAddress(), plan.salt().bytes())
                            .send())
                    .isEqualToIgnoringCase(plan.address().hex());
        }
        assertThat(blueprint.contracts(31337, contracts.deploymentBlock())).isEqualTo(contracts);
    }

    @Test
    void shouldFindADeploymentAgainAndKeepAnotherApart() throws Exception {
        var first = Deployment.deploy(web3j, deployer);
        assertThat(Deployment.deploy(web3j, deployer)).isEqualTo(first);
        var salted = new DeploymentOptions(Optional.of(first.token()), List.of(), 1, 1, 60, Hash.of(filled((byte) 1)));
        var second = Deployment.deploy(web3j, deployer, salted);
        assertThat(second.token()).isEqualTo(first.token());
        assertThat(second.byName().values())
                .doesNotContainAnyElementsOf(first.byName().values());
        assertThat(second.deploymentBlock()).isGreaterThan(first.deploymentBlock());
        assertThat(Deployment.deploy(web3j, deployer, salted)).isEqualTo(second);
    }

    @Test
    void shouldNameTheFirstContractThatDiffersFromTheBuild() throws Exception {
        var contracts = Deployment.deploy(web3j, deployer);
        var deployed = new Deployed(contracts, Address.fromHex(deployer.getAddress()), DeploymentOptions.DEFAULT);
        assertThat(deployed.firstDifference(node)).isEmpty();

        var otherPeriods = new Deployed(
                contracts, deployed.account(), new DeploymentOptions(Optional.empty(), List.of(), 1, 1, 60, Hash.ZERO));
        assertThat(otherPeriods.firstDifference(node))
                .get()
                .satisfies(difference -> assertThat(difference.contract()).isEqualTo("PaymentProvider"))
                .satisfies(difference -> assertThat(difference.what()).contains("differs"));
        var otherAccount = new Deployed(contracts, Address.fromHex(account(1).getAddress()), DeploymentOptions.DEFAULT);
        assertThat(otherAccount.firstDifference(node))
                .get()
                .satisfies(difference -> assertThat(difference.what()).contains("would have put it at"));

        var code = Code.at(web3j, contracts.rentalProvider());
        var last = code.endsWith("0") ? "1" : "0";
        anvil("anvil_setCode", contracts.rentalProvider().hex(), code.substring(0, code.length() - 1) + last);
        assertThat(deployed.firstDifference(node))
                .get()
                .satisfies(difference -> assertThat(difference.contract()).isEqualTo("RentalProvider"))
                .satisfies(difference -> assertThat(difference.address()).isEqualTo(contracts.rentalProvider()));
        anvil("anvil_setCode", contracts.identityProvider().hex(), "0x");
        assertThat(deployed.firstDifference(node))
                .get()
                .satisfies(difference -> assertThat(difference.toString())
                        .startsWith("IdentityProvider at")
                        .endsWith("there is no code"));
    }

    @Test
    void shouldSayHowAChainGetsTheProxyThatItLacks() throws Exception {
        anvil("anvil_setCode", Blueprint.PROXY.hex(), "0x");
        assertThatThrownBy(() -> Deployment.deploy(web3j, deployer))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("chain 31337 has no CREATE2 proxy at " + Blueprint.PROXY);
    }

    private void anvil(String method, Object... parameters) throws Exception {
        var answer = new Request<>(method, Arrays.asList(parameters), node, VoidResponse.class).send();
        assertThat(answer.hasError()).isFalse();
    }

    private Credentials account(int number) {
        return Credentials.create(anvil.accounts().get(number).privateKey());
    }

    private static byte[] filled(byte value) {
        var bytes = new byte[Hash.LENGTH];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
