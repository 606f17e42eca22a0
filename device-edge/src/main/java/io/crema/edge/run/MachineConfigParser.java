package io.crema.edge.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.edge.LinkConfig;
import io.crema.edge.body.BodyConfig;
import io.crema.edge.body.JsonFields;
import io.crema.edge.node.Caps;
import io.crema.edge.provision.MachineInit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a {@link MachineConfig}, each section as far as it can, and remembers what is wrong. */
final class MachineConfigParser {
    private static final int PATIENCE_MILLIS = 1500;
    private static final int HEALTH_PORT = 8787;
    private static final int MOST_FORMER_KEYS = 16;

    private final List<String> faults = new ArrayList<>();
    private final JsonNode json;
    private final Path dataDir;
    private final JsonFields root;

    MachineConfigParser(JsonNode json, Path dataDir) {
        this.json = json;
        this.dataDir = dataDir;
        this.root = new JsonFields(json, "", faults);
    }

    MachineConfig config() {
        var serial = root.text("serial", "");
        if (!serial.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            root.fault("serial", "1 to 64 letters, digits, dots, dashes or underscores");
        }
        var manufacturer = address(root, "manufacturer");
        var secretFile = dataDir.resolve(root.text("secretFile", "secret"));
        var formerKeys = formerKeys();
        var reader = root.object("reader");
        var readerName = reader.map(it -> it.text("name", "")).orElse("");
        var patience = reader.map(it -> it.whole("patienceMillis", 100, 10_000, PATIENCE_MILLIS))
                .orElse(PATIENCE_MILLIS);
        reader.ifPresent(JsonFields::nothingElse);
        var press = root.seconds("pressSeconds", 1, 300, Duration.ofSeconds(30));
        var telemetry = root.seconds("telemetrySeconds", 1, 86_400, Duration.ofMinutes(1));
        var clock = flag(root, "batteryClock", false);
        var health = root.object("health");
        var port = health.map(it -> it.whole("port", 0, 65_535, HEALTH_PORT)).orElse(HEALTH_PORT);
        health.ifPresent(JsonFields::nothingElse);
        var contracts = contracts();
        var chain = chain();
        var caps = section(this::caps);
        var body = section(() -> BodyConfig.parse(root.get("body")));
        root.get("kafka");
        root.get("gateway");
        var links = section(() -> LinkConfig.fromJson(json, dataDir));
        root.nothingElse();
        if (body == null || links == null || caps == null || !faults.isEmpty()) {
            throw new IllegalArgumentException("the machine's settings are wrong: " + String.join("; ", faults));
        }
        return new MachineConfig(
                dataDir,
                serial,
                manufacturer,
                secretFile,
                formerKeys,
                contracts,
                readerName,
                Duration.ofMillis(patience),
                press,
                body,
                links,
                caps,
                telemetry,
                clock,
                port,
                chain);
    }

    private List<Address> formerKeys() {
        var keys = new ArrayList<Address>();
        if (root.has("formerKeys")) {
            var given = root.get("formerKeys");
            try {
                given.forEach(key -> keys.add(Address.fromHex(key.asText())));
            } catch (IllegalArgumentException e) {
                keys.clear();
            }
            if (keys.isEmpty() || keys.size() > MOST_FORMER_KEYS) {
                root.fault(
                        "formerKeys",
                        "an array of 1 to %d addresses: 0x and 40 hexadecimal digits".formatted(MOST_FORMER_KEYS));
            }
        }
        return List.copyOf(keys);
    }

    private Optional<Domains> contracts() {
        return root.object("contracts").map(it -> {
            var domains = Domains.of(
                    it.whole("chainId", 1, Integer.MAX_VALUE, 1),
                    address(it, "paymentProvider"),
                    address(it, "rentalProvider"),
                    address(it, "maintenanceProvider"));
            it.nothingElse();
            return domains;
        });
    }

    private Optional<ChainAccess> chain() {
        return root.object("chain").map(it -> {
            var url = it.text("rpcUrl", "");
            if (!url.matches("https?://[^\\s]+")) {
                faults.add("chain.rpcUrl is not an http or https address of a node"); // it may hold a token
            }
            var account = dataDir.resolve(it.text("account", MachineInit.ACCOUNT));
            var silence = Duration.ofSeconds(Math.round(3600 * it.number("silenceHours", 0.01, 10_000, 24)));
            it.nothingElse();
            return new ChainAccess(url, account, silence);
        });
    }

    private Caps caps() {
        var given = root.object("caps");
        if (given.isEmpty()) {
            return new Caps(Long.MAX_VALUE, true);
        }
        var it = given.get();
        var cups = it.whole("cups", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        var caps = new Caps(cups == Integer.MAX_VALUE ? Long.MAX_VALUE : cups, flag(it, "horizon", true))
                .withCupsWithoutClock(it.whole("cupsWithoutClock", 0, 10_000, (int) Caps.CUPS_WITHOUT_A_CLOCK));
        if (it.has("amount")) {
            caps = caps.withAmount(Amount.parse(it.text("amount", "0")));
        }
        if (it.has("offlineHours")) {
            caps = caps.withOffline(Duration.ofHours(it.whole("offlineHours", 1, 100_000, 1)));
        }
        it.nothingElse();
        return caps;
    }

    private <T> @Nullable T section(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static Address address(JsonFields fields, String name) {
        try {
            return Address.fromHex(fields.text(name, "missing"));
        } catch (IllegalArgumentException e) {
            fields.fault(name, "an address: 0x and 40 hexadecimal digits");
            return Address.ZERO;
        }
    }

    private static boolean flag(JsonFields fields, String name, boolean otherwise) {
        if (!fields.has(name)) {
            return otherwise;
        }
        if (!fields.get(name).isBoolean()) {
            fields.fault(name, "true or false");
        }
        return fields.get(name).asBoolean();
    }
}
