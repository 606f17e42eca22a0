package io.crema.cli.admin;

import io.crema.chain.deploy.Deployed;
import io.crema.chain.deploy.Deployment;
import io.crema.chain.deploy.DeploymentException;
import io.crema.chain.deploy.DeploymentOptions;
import io.crema.cli.party.AccountOptions;
import io.crema.cli.party.NodeOptions;
import io.crema.cli.system.Environment;
import io.crema.cli.system.EnvironmentFile;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crema contracts …}: puts the contracts on a chain, and proves that what is there is what this build makes. */
@Command(name = "contracts", mixinStandardHelpOptions = true, description = "Deploys the contracts, and verifies them.")
public final class ContractsCommand implements Runnable {
    private static final long TEST_CHAIN = 31_337;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(command().commandLine(), "Say what to do with the contracts: deploy or verify.");
    }

    /** Exit code 0 when all contracts are there and verified. */
    @Command(
            name = "deploy",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description =
                    "Deploys all contracts to addresses that follow from the account and the salt alone, the same"
                            + " on every chain; verifies them; and writes contracts.json, the ABIs in abi/, and contracts.env"
                            + " for the services (CREMA_ENV_FILE). Run again, it finds them, or continues where it was cut off.")
    int deploy(
            @Mixin NodeOptions nodeOptions,
            @Option(names = "--out", description = "Where it writes.", defaultValue = "data/contracts") Path out,
            @Mixin AccountOptions account,
            @Option(names = "--token", description = "The ERC-20 token of all payments, for ever.") @Nullable
                    String token,
            @Option(
                            names = "--test-token",
                            description = "Instead: deploys a token that anyone can mint. For tests only.")
                    boolean testToken,
            @Option(names = "--owner", description = "An owner of the platform; repeat it. Default: the account.")
                    @Nullable
                    List<String> owners,
            @Option(names = "--quorum", description = "How many owners decide together.", defaultValue = "1")
                    int quorum,
            @Option(
                            names = "--min-period",
                            description = "The shortest challenge period, in minutes.",
                            defaultValue = "1440")
                    int minPeriod,
            @Option(
                            names = "--max-period",
                            description = "The longest, in minutes; for so long replaced keys stay payable.",
                            defaultValue = "43200")
                    int maxPeriod,
            @Option(names = "--salt", description = "32 bytes: names one of several deployments of the account.")
                    @Nullable
                    String salt)
            throws IOException {
        var node = new HttpService(nodeOptions.url());
        var chain = Web3j.build(node);
        try {
            if (testToken == (token != null)) {
                throw new ParameterException(command().commandLine(), "Give either --token ADDRESS or --test-token.");
            }
            var key = account.key();
            List<Address> ownerAddresses = new ArrayList<>();
            (owners == null ? List.<String>of() : owners).forEach(owner -> ownerAddresses.add(Address.fromHex(owner)));
            var options = new DeploymentOptions(
                    Optional.ofNullable(token).map(Address::fromHex),
                    ownerAddresses,
                    quorum,
                    minPeriod,
                    maxPeriod,
                    salt == null ? Hash.ZERO : Hash.fromHex(salt));
            var contracts = Deployment.deploy(chain, Credentials.create(Hex.encode(key.privateKey())), options);
            var deployed = new Deployed(contracts, key.address(), options);
            if (!verified(deployed, node)) {
                return 1;
            }
            Files.createDirectories(out);
            deployed.write(out);
            EnvironmentFile.write(
                    out.resolve("contracts.env"),
                    new Environment()
                            .chain(nodeOptions.url(), contracts, contracts.chainId() == TEST_CHAIN ? 1 : 12)
                            .shared());
            say("Written: %s, abi/, contracts.env.".formatted(out.resolve("contracts.json")));
            return 0;
        } catch (DeploymentException | IllegalArgumentException e) {
            return refuse(e);
        } finally {
            chain.shutdown();
        }
    }

    /** Exit code 0 when every contract's code is what this build makes, 1 when one differs. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description = "Compares the code of every contract on the chain, byte for byte, with what this build makes"
                    + " of the sources, and names the first that differs.")
    int verify(
            @Mixin NodeOptions nodeOptions,
            @Option(
                            names = "--file",
                            description = "What deploy wrote.",
                            defaultValue = "data/contracts/contracts.json")
                    Path file)
            throws IOException {
        var node = new HttpService(nodeOptions.url());
        try {
            return verified(Deployed.read(file), node) ? 0 : 1;
        } catch (DeploymentException | IllegalArgumentException e) {
            return refuse(e);
        } finally {
            node.close();
        }
    }

    private boolean verified(Deployed deployed, HttpService node) throws IOException {
        var contracts = deployed.contracts();
        var difference = deployed.firstDifference(node);
        if (difference.isPresent()) {
            command().commandLine().getErr().println("crema contracts: " + difference.get());
            return false;
        }
        contracts.byName().forEach((name, address) -> say("%-20s %s".formatted(name, address)));
        say("%-20s %s".formatted("token", contracts.token()));
        say("All code on chain %d is byte for byte what this build makes, since block %d."
                .formatted(contracts.chainId(), contracts.deploymentBlock()));
        return true;
    }

    private int refuse(RuntimeException e) {
        command().commandLine().getErr().println("crema contracts: " + e.getMessage());
        return 1;
    }

    private void say(String line) {
        command().commandLine().getOut().println(line);
        command().commandLine().getOut().flush();
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set this command up");
        }
        return spec;
    }
}
