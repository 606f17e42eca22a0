package io.crema.edge.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.crema.contracts.value.ProductId;
import io.crema.edge.body.Wiring.Pin;
import io.crema.edge.body.Wiring.SensorWiring;
import io.crema.edge.body.chip.ChipName;
import io.crema.edge.body.chip.Line;
import io.crema.edge.body.chip.Thermocouple;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a {@link BodyConfig}. */
final class BodyConfigReader {
    /** GPIO0 and 1 belong to the header's EEPROM, 2 and 3 to the bus. */
    private static final int FIRST_PIN = 4;

    private static final int LAST_PIN = 27;
    private static final Pin NOWHERE = new Pin(-1, false);

    private final List<String> faults = new ArrayList<>();
    private final JsonFields fields;
    private final Map<Integer, String> taken = new HashMap<>();

    BodyConfigReader(JsonNode json) {
        fields = new JsonFields(json, "", faults);
    }

    BodyConfig read() {
        var adapter = fields.text("adapter", "");
        var manufacturer = fields.text("manufacturer", "unknown");
        var model = fields.text("model", "coffee machine");
        var products = new LinkedHashMap<Product, Optional<Pin>>();
        var rest = adapter.equals("http");
        for (var each : fields.objects("products")) {
            product(each, rest, products);
        }
        if (products.isEmpty()) {
            faults.add("products is empty; name at least one, such as {\"name\": \"Espresso\"}");
        }
        var how = switch (adapter) {
            case "pi4j" -> pins(products, false);
            case "simulated" -> fields.has("pins") ? pins(products, true) : standard(products.keySet());
            case "http" -> rest();
            default -> {
                fields.fault("adapter", "pi4j, http or simulated");
                yield standard(products.keySet());
            }
        };
        var quantities = how instanceof BodyConfig.Pins pins ? measured(pins.wiring()) : quantities();
        var events = how instanceof BodyConfig.Pins pins ? events(pins.wiring()) : EnumSet.allOf(EventKind.class);
        fields.nothingElse();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("the body's settings are wrong: " + String.join("; ", faults));
        }
        return new BodyConfig(
                new MachineType(manufacturer, model, List.copyOf(products.keySet()), quantities, events), how);
    }

    private void product(JsonFields each, boolean rest, Map<Product, Optional<Pin>> products) {
        var name = each.text("name", "");
        if (name.isEmpty() || name.length() > 64) {
            each.fault("name", "a name of 1 to 64 letters, as in the tariff");
            return;
        }
        if (products.keySet().stream().anyMatch(other -> other.name().equals(name))) {
            each.fault("name", "a name that no other product has");
        }
        var grind = each.seconds("grindSeconds", 0, Recipe.LONGEST_GRIND.toSeconds(), Duration.ofSeconds(7));
        var millilitres = each.whole("millilitres", 1, Recipe.MOST_MILLILITRES, 40);
        var button = pin(each, "button", true);
        products.put(new Product(name, rest ? Optional.empty() : Optional.of(new Recipe(grind, millilitres))), button);
        each.nothingElse();
    }

    private BodyConfig.Adapter rest() {
        var url = fields.text("url", "");
        var base = URI.create("http://127.0.0.1");
        if (url.matches("https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~/-]*)?")) {
            base = URI.create(url.replaceAll("/+$", ""));
        } else {
            fields.fault("url", "the machine's address, such as http://192.168.4.2/crema");
        }
        var token = fields.text("token", "");
        if (!token.matches("[\\x21-\\x7E]*")) {
            faults.add("token has letters that no header may carry");
        }
        return new BodyConfig.Rest(
                base,
                token.isEmpty() ? Optional.empty() : Optional.of(token),
                fields.seconds("patienceSeconds", 0.05, 60, Duration.ofSeconds(5)),
                fields.seconds("pourWithinSeconds", 0.1, 600, Duration.ofSeconds(120)),
                fields.seconds("retrySeconds", 0.001, 60, Duration.ofSeconds(1)));
    }

    private EnumSet<Quantity> quantities() {
        var found = EnumSet.noneOf(Quantity.class);
        for (var name : fields.get("quantities")) {
            Quantity.named(name.asText()).ifPresentOrElse(found::add, () -> fields.fault("quantities", words()));
        }
        return found;
    }

    private static String words() {
        return "names among "
                + String.join(
                        ", ",
                        Arrays.stream(Quantity.values()).map(Quantity::word).toList());
    }

    private BodyConfig.Pins pins(Map<Product, Optional<Pin>> products, boolean simulated) {
        var pins = fields.object("pins").orElseGet(() -> {
            fields.fault("pins", "an object with at least pump and flowMeter");
            return new JsonFields(
                    com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode(), "pins", faults);
        });
        var pump = pin(pins, "pump", false);
        var flow = pin(pins, "flowMeter", true);
        if (fields.has("pins") && (pump.isEmpty() || flow.isEmpty())) {
            faults.add("pins.pump and pins.flowMeter are needed; give their GPIO numbers");
        }
        var wiring = new Wiring(
                pump.orElse(NOWHERE),
                pin(pins, "valve", false),
                pin(pins, "grinder", false),
                flow.orElse(NOWHERE),
                fields.number("pulsesPerLitre", 10, 100_000, 1925),
                pin(pins, "door", true),
                pin(pins, "dripTray", true),
                pin(pins, "waterTank", true),
                buttons(products),
                fields.whole("bus", 0, 255, 1),
                sensors());
        pins.nothingElse();
        return new BodyConfig.Pins(wiring, limits(), simulated);
    }

    private BodyConfig.Pins standard(Iterable<Product> products) {
        return new BodyConfig.Pins(StandardWiring.of(products), limits(), true);
    }

    private static Map<ProductId, Pin> buttons(Map<Product, Optional<Pin>> products) {
        var buttons = new HashMap<ProductId, Pin>();
        products.forEach((product, pin) -> pin.ifPresent(it -> buttons.put(product.id(), it)));
        return buttons;
    }

    private Optional<Pin> pin(JsonFields from, String name, boolean low) {
        if (!from.has(name)) {
            return Optional.empty();
        }
        var node = from.get(name);
        var number = node.isObject() ? node.path("pin") : node;
        var active = node.isObject() ? node.path("active").asText(low ? "low" : "high") : low ? "low" : "high";
        if (!number.isInt()
                || number.intValue() < FIRST_PIN
                || number.intValue() > LAST_PIN
                || !List.of("low", "high").contains(active)) {
            from.fault(
                    name,
                    "a GPIO number from %d to %d, or {\"pin\": 17, \"active\": \"low\" or \"high\"}"
                            .formatted(FIRST_PIN, LAST_PIN));
            return Optional.empty();
        }
        var other = taken.putIfAbsent(number.intValue(), from.at(name));
        if (other != null) {
            from.fault(name, "a pin that %s does not use".formatted(other));
        }
        return Optional.of(new Pin(number.intValue(), active.equals("low")));
    }

    private Limits limits() {
        var limits = fields.object("limits");
        if (limits.isEmpty()) {
            return Limits.DEFAULT;
        }
        var it = limits.get();
        var usual = Limits.DEFAULT;
        var dry = it.seconds("dryAfterSeconds", 0.5, 30, usual.dryAfter());
        var within = it.seconds("pourWithinSeconds", 5, 300, usual.pourWithin());
        var hottest = it.number("hottest", 60, 140, usual.hottest());
        var coldest = it.number("coldest", -40, 139, usual.coldest());
        it.nothingElse();
        if (!(coldest < hottest)) {
            it.fault("coldest", "less than limits.hottest");
            return usual;
        }
        return new Limits(dry, within, hottest, coldest);
    }

    private List<SensorWiring> sensors() {
        var sensors = new ArrayList<SensorWiring>();
        for (var each : fields.objects("sensors")) {
            sensor(each, sensors);
            each.nothingElse();
        }
        return sensors;
    }

    private void sensor(JsonFields each, List<SensorWiring> sensors) {
        var quantity = Quantity.named(each.text("quantity", ""));
        if (quantity.isEmpty()) {
            each.fault("quantity", "one of the " + words());
        }
        var chip = Arrays.stream(ChipName.values())
                .filter(name -> name.name().equals(each.text("chip", "")))
                .findFirst();
        if (chip.isEmpty()) {
            each.fault("chip", "one of " + Arrays.toString(ChipName.values()));
        }
        var address = address(each, chip);
        var channel = each.whole("channel", 0, 3, 0);
        var thermocouple = Arrays.stream(Thermocouple.values())
                .filter(type -> type.name().equals(each.text("thermocouple", "K")))
                .findFirst();
        if (thermocouple.isEmpty()) {
            each.fault("thermocouple", "one of " + Arrays.toString(Thermocouple.values()));
        }
        var line = line(each);
        if (quantity.isEmpty() || chip.isEmpty()) {
            return;
        }
        if (chip.get().needsLine() && line.isEmpty()) {
            faults.add("%s needs low and high, such as {\"at\": 0.333, \"is\": 0}"
                    .formatted(each.at(chip.get().name())));
        }
        for (var other : sensors) {
            if (other.quantity() == quantity.get()) {
                each.fault("quantity", "one that no other sensor measures");
            }
            var shared = chip.get() == ChipName.ADS1115 && other.chip() == ChipName.ADS1115;
            if (other.address() == address && (!shared || other.channel() == channel)) {
                faults.add("%s and the sensor of %s are both at address 0x%02X"
                        .formatted(each.at("chip"), other.quantity().word(), address));
            }
        }
        sensors.add(new SensorWiring(quantity.get(), chip.get(), address, channel, thermocouple, line));
    }

    private static int address(JsonFields each, Optional<ChipName> chip) {
        var usual = chip.map(ChipName::usualAddress).orElse(0);
        var text = each.text("address", "0x%02X".formatted(usual));
        var address = text.matches("0[xX][0-9a-fA-F]{1,2}") ? Integer.parseInt(text.substring(2), 16) : -1;
        if (chip.isPresent() && !chip.get().mayBeAt(address)) {
            each.fault("address", "\"%s\" for %s".formatted(chip.get().addresses(), chip.get()));
        }
        return address;
    }

    private Optional<Line> line(JsonFields each) {
        var low = each.object("low");
        var high = each.object("high");
        if (low.isEmpty() || high.isEmpty()) {
            return Optional.empty();
        }
        var limit = 1e9;
        var numbers = new double[] {
            low.get().number("at", -limit, limit, Double.NaN), low.get().number("is", -limit, limit, Double.NaN),
            high.get().number("at", -limit, limit, Double.NaN), high.get().number("is", -limit, limit, Double.NaN)
        };
        low.get().nothingElse();
        high.get().nothingElse();
        try {
            return Optional.of(new Line(numbers[0], numbers[1], numbers[2], numbers[3]));
        } catch (IllegalArgumentException e) {
            faults.add("%s: %s".formatted(each.at("low and high"), e.getMessage()));
            return Optional.empty();
        }
    }

    private static EnumSet<Quantity> measured(Wiring wiring) {
        var found = EnumSet.noneOf(Quantity.class);
        wiring.sensors().forEach(sensor -> found.add(sensor.quantity()));
        return found;
    }

    private static EnumSet<EventKind> events(Wiring wiring) {
        var found = EnumSet.of(EventKind.PROGRAM_FINISHED, EventKind.PROGRAM_ABORTED, EventKind.ACTUATOR_FAULT);
        wiring.door().ifPresent(_ -> found.add(EventKind.DOOR_STATE));
        wiring.dripTray().ifPresent(_ -> found.add(EventKind.DRIP_TRAY_FULL));
        wiring.waterTank().ifPresent(_ -> found.add(EventKind.WATER_TANK_EMPTY));
        if (!wiring.sensors().isEmpty()) {
            found.add(EventKind.SENSOR_FAULT);
        }
        if (measured(wiring).contains(Quantity.BEAN_LEVEL)) {
            found.add(EventKind.BEAN_CONTAINER_EMPTY);
        }
        return found;
    }
}
