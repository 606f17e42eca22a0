package io.crema.cli.rental;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.chain.deploy.Contracts;
import io.crema.cli.party.GatewayOptions;
import io.crema.cli.party.PartyCommand;
import io.crema.contracts.crypto.SigningKey;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crema rental price SERIAL FILE}: the manufacturer's next tariff for a machine. */
@Command(
        name = "price",
        mixinStandardHelpOptions = true,
        description =
                "The manufacturer signs the next tariff of a machine and hands it in at the gateway. FILE is a JSON"
                        + " object of products and prices: {\"Espresso\": \"1500000\"}, in the token's smallest unit.")
final class PriceCommand extends PartyCommand {
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
    protected void act(SigningKey key, Contracts contracts) throws IOException, InterruptedException {
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
        var signed = new PricedTariff(TypedData.sign(tariff, contracts.paymentDomain(), key), prices);
        gateway.handIn(it -> it.tariff(signed, names));
        say("Tariff %d of machine %s, with %d products, holds from %s."
                .formatted(tariff.version(), serial, prices.size(), begin(now)));
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
