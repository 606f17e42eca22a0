package io.crema.cli.rental;

import io.crema.chain.deploy.Contracts;
import io.crema.cli.onboarding.Concluding;
import io.crema.cli.party.PartyCommand;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crema rental conclude FILE}: the customer concludes and funds, in one transaction after its allowance. */
@Command(
        name = "conclude",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "The customer concludes an offer: allows the deposit to be taken, and opens and funds the channel in"
                        + " one transaction. The account must be onboarded as a customer and hold deposit and gas.")
final class ConcludeCommand extends PartyCommand {
    @Parameters(paramLabel = "FILE", description = "The offer, as 'crema rental offer' wrote it.")
    private Path file = Path.of("");

    @Option(names = "--deposit", required = true, description = "In the token's smallest unit.")
    private String deposit = "";

    @Override
    protected void act(SigningKey key, Contracts contracts) throws IOException, InterruptedException {
        var offer = OfferFile.read(Files.readString(file));
        var channel = onChain(chain -> new Concluding(chain, contracts).conclude(offer, Amount.parse(deposit), key));
        say("rental   machine %s".formatted(offer.content().machine()));
        say("channel  %s".formatted(channel));
        say("index    %d  (for 'crema rental place CODE --index')"
                .formatted(offer.content().channelIndex()));
    }
}
