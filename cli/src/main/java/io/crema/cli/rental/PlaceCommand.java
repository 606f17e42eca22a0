package io.crema.cli.rental;

import io.crema.cli.onboarding.Concluding;
import io.crema.cli.system.AccountOptions;
import io.crema.cli.system.DeploymentOptions;
import io.crema.cli.system.GatewayOptions;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.edge.provision.ClaimCode;
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

/** {@code crema rental place CODE}: the customer says which machine, with which key, stands at the end of its channel. */
@Command(
        name = "place",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "The customer signs which machine, with which key, its channel pays, and hands that in at the gateway."
                        + " Its employees' phones pay no other. Needed again after the machine got a new key.")
final class PlaceCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DeploymentOptions deployment = new DeploymentOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

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
    public Integer call() throws InterruptedException {
        return Spoken.attempt(spec, () -> {
            var key = account.key();
            var machine = ClaimCode.parse(code);
            var contracts = deployment.contracts();
            var owner = customer == null ? key.address() : Address.fromHex(customer);
            var channel = ChannelId.of(owner, machine.manufacturer(), index);
            var chain = deployment.chain();
            try (var there = gateway.open()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the machine hears of it through a gateway: give --gateway and --gateway-servers"))) {
                var concluding = new Concluding(chain, contracts);
                concluding.checkOpen(channel, owner);
                var placement = new Placement(
                        channel,
                        machine.machine(),
                        machine.machineKey(),
                        contracts.token(),
                        concluding.decimals(),
                        InstantSource.system()
                                .instant()
                                .plus(Duration.ofDays(validDays))
                                .getEpochSecond());
                var signed = TypedData.sign(placement, contracts.paymentDomain(), key);
                gateway.patiently(() -> there.placement(signed));
                Spoken.say(
                        spec,
                        "Placed machine %s at channel %s for %d days.".formatted(machine.serial(), channel, validDays));
            } finally {
                chain.shutdown();
            }
        });
    }
}
