package io.crema.cli.edge;

import io.crema.chain.deploy.Contracts;
import io.crema.chain.keys.KeyStoreException;
import io.crema.chain.keys.KeyStoreFile;
import io.crema.chain.keys.Password;
import io.crema.cli.fleet.TestAccounts;
import io.crema.cli.onboarding.Claiming;
import io.crema.cli.onboarding.OnboardingException;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Claim;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.edge.gateway.HandIn;
import io.crema.edge.gateway.TlsIdentity;
import io.crema.edge.provision.ClaimCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crema edge claim CODE}: the manufacturer makes a machine its own. Exit code 0 also when it was before. */
@Command(
        name = "claim",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Registers the machine of a claim code on chain, with its key, and hands the signed claim on its key"
                        + " and certificate to the gateway. A second time it says that this was done, and does no harm.")
final class ClaimCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CODE", description = "As 'crema edge init' printed it.")
    private String code = "";

    @Option(
            names = "--rpc-url",
            description = "A node of the chain (CREMA_RPC_URLS).",
            defaultValue = "${env:CREMA_RPC_URLS:-http://127.0.0.1:8545}")
    private String rpcUrl = "";

    @Option(
            names = "--contracts",
            description = "What 'crema contracts deploy' wrote.",
            defaultValue = "data/contracts/contracts.json")
    private Path contracts = Path.of("");

    @Option(names = "--keystore", description = "The manufacturer's key file (Web3 keystore).")
    private @Nullable Path keystore;

    @Option(names = "--password-file", description = "Its first line opens the key file.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--test-account",
            description = "Instead of a key file: the test chain's account of this number, whose key everyone knows.",
            defaultValue = "-1")
    private int testAccount;

    @Option(
            names = "--rotate",
            description = "The machine is registered with another key: give it this one. For so many hours the old one"
                    + " still counts; 0 if it is lost or stolen.",
            defaultValue = "-1")
    private int rotateHours;

    @Option(names = "--gateway", description = "The gateway's https address.")
    private @Nullable URI gateway;

    @Option(names = "--gateway-servers", description = "PEM: its certificate, or who vouches for it.")
    private @Nullable Path gatewayServers;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var chain = Web3j.build(new HttpService(rpcUrl));
        try {
            var claim = ClaimCode.parse(code);
            var where = Contracts.read(contracts);
            var key = key();
            var said = new Claiming(chain, where)
                    .claim(key, claim.manufacturer(), claim.serial(), claim.machineKey(), overlap());
            say("%s machine %s, key %s.".formatted(said, claim.machine(), claim.machineKey()));
            if (said != Claiming.Result.OTHER_KEY) {
                handIn(claim, where, key);
                return 0;
            }
            return refuse(
                    "serial number %s is registered with another key; if its card was replaced, say --rotate HOURS"
                            .formatted(claim.serial()));
        } catch (OnboardingException | KeyStoreException | IllegalArgumentException | IOException e) {
            return refuse(String.valueOf(e.getMessage()));
        } finally {
            chain.shutdown();
        }
    }

    private void handIn(ClaimCode code, Contracts where, SigningKey key) throws IOException, InterruptedException {
        if (gateway == null) {
            say("No --gateway was given: the machine cannot call one until its claim is handed in there.");
            return;
        }
        if (gatewayServers == null) {
            throw new IllegalArgumentException("--gateway needs --gateway-servers");
        }
        var version = InstantSource.system().instant().getEpochSecond();
        var claim = new Claim(code.machine(), code.machineKey(), code.certificate(), version);
        Signed<Claim> signed = TypedData.sign(claim, where.maintenanceDomain(), key);
        var servers = TlsIdentity.certificates(Files.readString(gatewayServers));
        try (var handIn = new HandIn(gateway, servers)) {
            handIn.claim(code.manufacturer(), code.serial(), signed);
            say("The gateway lets the machine in by certificate %s.".formatted(code.certificate()));
        }
    }

    private Duration overlap() {
        return Duration.ofHours(rotateHours);
    }

    private SigningKey key() {
        if (testAccount >= 0 && keystore == null) {
            return TestAccounts.first(testAccount + 1).getLast();
        }
        if (keystore == null || passwordFile == null || testAccount >= 0) {
            throw new ParameterException(
                    command().commandLine(),
                    "Give the manufacturer's account: --keystore with --password-file, or --test-account.");
        }
        return KeyStoreFile.load(keystore, Password.fromFile(passwordFile));
    }

    private int refuse(String why) {
        command().commandLine().getErr().println("crema edge claim: " + why);
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
