package io.crema.chain.deploy;

import io.crema.chain.wrappers.CremaTestToken;
import io.crema.chain.wrappers.Deployer;
import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.chain.wrappers.Shell;
import io.crema.chain.wrappers.SupplyProvider;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint24;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.utils.Numeric;

/**
 * All contracts of a deployment before they are there: where each will be, and what creates it. The addresses follow
 * from the account and the salt alone, so the contracts know each other from birth. Immutable.
 */
final class Blueprint {
    /** The CREATE2 proxy that stands at the same address on almost every chain, whoever put it there. */
    static final Address PROXY = Address.fromHex("0x4e59b44847b379578588920ca78fbf26c0b4956c");

    /**
     * One contract.
     *
     * @param creator who calls its constructor
     * @param salt names it among the account's contracts
     * @param initCode its creation code with the constructor's arguments
     */
    record Plan(String name, Address address, Address creator, Hash salt, byte[] initCode) {}

    private final Address account;
    private final DeploymentOptions options;
    private final Plan deployer;
    private final Address token;
    private final List<Plan> plans = new ArrayList<>();

    /** @param account sends the transactions */
    Blueprint(Address account, DeploymentOptions choices) {
        this.account = account;
        this.options = choices.by(account);
        var code = bytes(Deployer.BINARY);
        this.deployer = new Plan("Deployer", Create2.address(PROXY, Hash.ZERO, code), PROXY, Hash.ZERO, code);
        this.token = options.token().orElseGet(() -> address("CremaTestToken"));
        if (options.token().isEmpty()) {
            plan("CremaTestToken", CremaTestToken.BINARY);
        }
        var owners = options.owners().stream().map(Blueprint::abi).toList();
        plan(
                "IdentityProvider",
                IdentityProvider.BINARY,
                new DynamicArray<>(org.web3j.abi.datatypes.Address.class, owners),
                new Uint8(options.quorum()));
        plan(
                "PaymentProvider",
                PaymentProvider.BINARY,
                abi(token),
                abi(address("IdentityProvider")),
                abi(address("RentalProvider")),
                new Uint24(options.minPeriodMinutes()),
                new Uint24(options.maxPeriodMinutes()));
        plan(
                "RentalProvider",
                RentalProvider.BINARY,
                abi(address("IdentityProvider")),
                abi(address("PaymentProvider")),
                abi(address("SupplyProvider")));
        plan(
                "MaintenanceProvider",
                MaintenanceProvider.BINARY,
                abi(address("IdentityProvider")),
                abi(address("PaymentProvider")));
        plan(
                "SupplyProvider",
                SupplyProvider.BINARY,
                abi(address("IdentityProvider")),
                abi(address("PaymentProvider")));
    }

    Plan deployer() {
        return deployer;
    }

    /** In the order in which their constructors may run. */
    List<Plan> plans() {
        return List.copyOf(plans);
    }

    Contracts contracts(long chainId, long deploymentBlock) {
        return new Contracts(
                token,
                address("IdentityProvider"),
                address("PaymentProvider"),
                address("RentalProvider"),
                address("MaintenanceProvider"),
                address("SupplyProvider"),
                chainId,
                deploymentBlock);
    }

    private void plan(String name, String binary, Type<?>... arguments) {
        var initCode = bytes(binary + FunctionEncoder.encodeConstructor(List.of(arguments)));
        plans.add(new Plan(name, address(name), shell(name), salt(name), initCode));
    }

    private Address address(String name) {
        return Create2.first(shell(name));
    }

    private Address shell(String name) {
        return Create2.shell(deployer.address(), bytes(Shell.BINARY), account, salt(name));
    }

    private Hash salt(String name) {
        var contract = Keccak.hash(name.getBytes(StandardCharsets.UTF_8));
        return new Words(2).hash(options.salt()).hash(contract).keccak();
    }

    private static org.web3j.abi.datatypes.Address abi(Address address) {
        return new org.web3j.abi.datatypes.Address(address.hex());
    }

    private static byte[] bytes(String hex) {
        return Hex.decode("code", Numeric.prependHexPrefix(hex));
    }
}
