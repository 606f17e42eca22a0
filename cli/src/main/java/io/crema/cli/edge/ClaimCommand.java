package io.crema.cli.edge;

import io.crema.chain.deploy.Contracts;
import io.crema.cli.onboarding.Claiming;
import io.crema.cli.onboarding.OnboardingException;
import io.crema.cli.system.AccountOptions;
import io.crema.cli.system.DeploymentOptions;
import io.crema.cli.system.GatewayOptions;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Claim;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.edge.provision.ClaimCode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Mixin
    private final DeploymentOptions deployment = new DeploymentOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Option(
            names = "--rotate",
            description = "The machine is registered with another key: give it this one. For so many hours the old one"
                    + " still counts; 0 if it is lost or stolen.",
            defaultValue = "-1")
    private int rotateHours;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var chain = deployment.chain();
        try {
            var claim = ClaimCode.parse(code);
            var where = deployment.contracts();
            var key = account.key();
            var claiming = new Claiming(chain, where);
            var before = claiming.key(claim.machine());
            var said = claiming.claim(key, claim.manufacturer(), claim.serial(), claim.machineKey(), overlap());
            say("%s machine %s, key %s.".formatted(said, claim.machine(), claim.machineKey()));
            if (said == Claiming.Result.ROTATED) {
                say("Its former key was %s. If that was lost with a memory card, name it in edge.json as formerKeys."
                        .formatted(before));
            }
            if (said != Claiming.Result.OTHER_KEY) {
                handIn(claim, where, key);
                return 0;
            }
            return refuse(
                    "serial number %s is registered with another key; if its card was replaced, say --rotate HOURS"
                            .formatted(claim.serial()));
        } catch (OnboardingException | IllegalArgumentException | IOException e) {
            return refuse(String.valueOf(e.getMessage()));
        } finally {
            chain.shutdown();
        }
    }

    private void handIn(ClaimCode code, Contracts where, SigningKey key) throws IOException, InterruptedException {
        var way = gateway.open();
        if (way.isEmpty()) {
            say("No --gateway was given: the machine cannot call one until its claim is handed in there.");
            return;
        }
        var version = InstantSource.system().instant().getEpochSecond();
        var claim = new Claim(code.machine(), code.machineKey(), code.certificate(), version);
        Signed<Claim> signed = TypedData.sign(claim, where.maintenanceDomain(), key);
        try (var handIn = way.get()) {
            handIn.claim(code.manufacturer(), code.serial(), signed);
            say("The gateway lets the machine in by certificate %s.".formatted(code.certificate()));
        }
    }

    private Duration overlap() {
        return Duration.ofHours(rotateHours);
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
