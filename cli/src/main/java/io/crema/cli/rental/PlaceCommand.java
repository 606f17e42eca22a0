package io.crema.cli.rental;

import io.crema.chain.deploy.Contracts;
import io.crema.cli.onboarding.Concluding;
import io.crema.cli.party.GatewayOptions;
import io.crema.cli.party.PartyCommand;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.edge.provision.ClaimCode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crema rental place CODE}: the customer says which machine, with which key, stands at the end of its channel. */
@Command(
        name = "place",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "The customer signs which machine, with which key, its channel pays, and hands that in at the gateway."
                        + " Its employees' phones pay no other. Needed again after the machine got a new key.")
final class PlaceCommand extends PartyCommand {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Parameters(paramLabel = "CODE", description = "The machine's claim code ('crema edge code').")
    private String code = "";

    @Option(names = "--index", required = true, description = "The channel's, as 'crema rental conclude' printed it.")
    private long index;

    @Option(names = "--customer", description = "Whose channel it is, where the account is only its acting key.")
    private @Nullable String customer;

    @Option(names = "--valid-days", description = "How long it holds.", defaultValue = "365")
    private int validDays;

    @Override
    protected void act(SigningKey key, Contracts contracts) throws IOException, InterruptedException {
        var machine = ClaimCode.parse(code);
        var owner = customer == null ? key.address() : Address.fromHex(customer);
        var channel = ChannelId.of(owner, machine.manufacturer(), index);
        var decimals = onChain(chain -> {
            var concluding = new Concluding(chain, contracts);
            concluding.checkOpen(channel, owner);
            return concluding.decimals();
        });
        var placement = new Placement(
                channel,
                machine.machine(),
                machine.machineKey(),
                contracts.token(),
                decimals,
                InstantSource.system()
                        .instant()
                        .plus(Duration.ofDays(validDays))
                        .getEpochSecond());
        var signed = TypedData.sign(placement, contracts.paymentDomain(), key);
        gateway.handIn(it -> it.placement(signed));
        say("Placed machine %s at channel %s for %d days.".formatted(machine.serial(), channel, validDays));
    }
}
