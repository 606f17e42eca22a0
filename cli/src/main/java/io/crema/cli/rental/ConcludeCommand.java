package io.crema.cli.rental;

import io.crema.cli.onboarding.Concluding;
import io.crema.cli.system.AccountOptions;
import io.crema.cli.system.DeploymentOptions;
import io.crema.contracts.value.Amount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crema rental conclude FILE}: the customer concludes and funds, in one transaction after its allowance. */
@Command(
        name = "conclude",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "The customer concludes an offer: allows the deposit to be taken, and opens and funds the channel in"
                        + " one transaction. The account must be onboarded as a customer and hold deposit and gas.")
final class ConcludeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DeploymentOptions deployment = new DeploymentOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Parameters(paramLabel = "FILE", description = "The offer, as 'crema rental offer' wrote it.")
    private Path file = Path.of("");

    @Option(names = "--deposit", required = true, description = "In the token's smallest unit.")
    private String deposit = "";

    @Override
    public Integer call() throws InterruptedException {
        return Spoken.attempt(spec, () -> {
            var key = account.key();
            var offer = OfferFile.read(Files.readString(file));
            var chain = deployment.chain();
            try {
                var channel = new Concluding(chain, deployment.contracts()).conclude(offer, Amount.parse(deposit), key);
                Spoken.say(spec, "rental   machine %s".formatted(offer.content().machine()));
                Spoken.say(spec, "channel  %s".formatted(channel));
                Spoken.say(
                        spec,
                        "index    %d  (for 'crema rental place CODE --index')"
                                .formatted(offer.content().channelIndex()));
            } finally {
                chain.shutdown();
            }
        });
    }
}
