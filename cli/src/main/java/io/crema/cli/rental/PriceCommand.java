package io.crema.cli.rental;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.cli.system.AccountOptions;
import io.crema.cli.system.DeploymentOptions;
import io.crema.cli.system.GatewayOptions;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning.PricedTariff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crema rental price SERIAL FILE}: the manufacturer's next tariff for a machine. */
@Command(
        name = "price",
        mixinStandardHelpOptions = true,
        description =
                "The manufacturer signs the next tariff of a machine and hands it in at the gateway. FILE is a JSON"
                        + " object of products and prices: {\"Espresso\": \"1500000\"}, in the token's smallest unit.")
final class PriceCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DeploymentOptions deployment = new DeploymentOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Parameters(index = "0", paramLabel = "SERIAL", description = "The machine's serial number.")
    private String serial = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The prices.")
    private Path file = Path.of("");

    @Option(names = "--manufacturer", description = "Whose machine it is, where the account is only its acting key.")
    private @Nullable String manufacturer;

    @Option(names = "--from", description = "When the prices begin to hold, ISO-8601 (default: now).")
    private @Nullable String from;

    @Override
    public Integer call() throws InterruptedException {
        return Spoken.attempt(spec, () -> {
            var key = account.key();
            var names = new TreeMap<ProductId, String>();
            var prices = prices(names);
            var payee = manufacturer == null ? key.address() : Address.fromHex(manufacturer);
            var now = InstantSource.system().instant();
            // The time is a version that never falls, whoever of the manufacturer's people signs next.
            var tariff = new Tariff(
                    MachineId.of(payee, serial),
                    now.getEpochSecond(),
                    begin(now).getEpochSecond(),
                    new TariffItems(prices).root());
            var signed = TypedData.sign(tariff, deployment.contracts().paymentDomain(), key);
            try (var there = gateway.open()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the machine hears of it through a gateway: give --gateway and --gateway-servers"))) {
                gateway.patiently(() -> there.tariff(new PricedTariff(signed, prices), names));
            }
            Spoken.say(
                    spec,
                    "Tariff %d of machine %s, with %d products, holds from %s."
                            .formatted(tariff.version(), serial, prices.size(), begin(now)));
        });
    }

    private Instant begin(Instant now) {
        try {
            return from == null ? now : Instant.parse(from);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "--from %s: expected a time such as 2026-12-01T08:00:00Z".formatted(from), e);
        }
    }

    private TreeMap<ProductId, Amount> prices(Map<ProductId, String> names) throws IOException {
        JsonNode root = new ObjectMapper().readTree(Files.readString(file));
        if (!root.isObject() || root.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s holds no prices; expected {\"Espresso\": \"1500000\"}".formatted(file));
        }
        var prices = new TreeMap<ProductId, Amount>();
        root.properties().forEach(entry -> {
            if (!entry.getValue().isTextual() && !entry.getValue().isIntegralNumber()) {
                throw new IllegalArgumentException("the price of %s is %s, expected a whole number as a text"
                        .formatted(entry.getKey(), entry.getValue()));
            }
            var product = ProductId.named(entry.getKey());
            names.put(product, entry.getKey());
            prices.put(product, Amount.parse(entry.getValue().asText()));
        });
        return prices;
    }
}
