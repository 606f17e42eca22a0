package io.crema.cli.edge;

import io.crema.chain.deploy.Contracts;
import io.crema.cli.onboarding.Claiming;
import io.crema.cli.party.GatewayOptions;
import io.crema.cli.party.PartyCommand;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Claim;
import io.crema.contracts.typed.TypedData;
import io.crema.edge.provision.ClaimCode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crema edge claim CODE}: the manufacturer makes a machine its own. Exit code 0 also when it was before. */
@Command(
        name = "claim",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Registers the machine of a claim code on chain, with its key, and hands the signed claim on its key"
                        + " and certificate to the gateway. A second time it says that this was done, and does no harm.")
final class ClaimCommand extends PartyCommand {
    @Parameters(paramLabel = "CODE", description = "As 'crema edge init' printed it.")
    private String code = "";

    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Option(
            names = "--rotate",
            description = "The machine is registered with another key: give it this one. For so many hours the old one"
                    + " still counts; 0 if it is lost or stolen.",
            defaultValue = "-1")
    private int rotateHours;

    @Override
    protected void act(SigningKey key, Contracts contracts) throws IOException, InterruptedException {
        var claim = ClaimCode.parse(code);
        var said = onChain(chain -> new Claiming(chain, contracts)
                .claim(key, claim.manufacturer(), claim.serial(), claim.machineKey(), Duration.ofHours(rotateHours)));
        say("%s machine %s, key %s.".formatted(said, claim.machine(), claim.machineKey()));
        if (said == Claiming.Result.OTHER_KEY) {
            throw new IllegalArgumentException(
                    "serial number %s is registered with another key; if its card was replaced, say --rotate HOURS"
                            .formatted(claim.serial()));
        }
        if (!gateway.isGiven()) {
            say("No --gateway was given: the machine cannot call one until its claim is handed in there.");
            return;
        }
        var version = InstantSource.system().instant().getEpochSecond();
        var paper = new Claim(claim.machine(), claim.machineKey(), claim.certificate(), version);
        var signed = TypedData.sign(paper, contracts.maintenanceDomain(), key);
        gateway.handIn(it -> it.claim(claim.manufacturer(), claim.serial(), signed));
        say("The gateway lets the machine in by certificate %s.".formatted(claim.certificate()));
    }
}
