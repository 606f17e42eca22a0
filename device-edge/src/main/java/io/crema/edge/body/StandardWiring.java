package io.crema.edge.body;

import io.crema.contracts.value.ProductId;
import io.crema.edge.body.Wiring.Pin;
import io.crema.edge.body.Wiring.SensorWiring;
import io.crema.edge.body.chip.ChipName;
import io.crema.edge.body.chip.Line;
import io.crema.edge.body.chip.Thermocouple;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** The wiring of docs/wiring.md. */
final class StandardWiring {
    /** GPIO numbers of the buttons, in the order of the products; further products have none. */
    private static final List<Integer> BUTTONS = List.of(5, 6, 13, 19, 26, 12);

    private StandardWiring() {}

    static Wiring of(Iterable<Product> products) {
        var buttons = new HashMap<ProductId, Pin>();
        for (var product : products) {
            if (buttons.size() < BUTTONS.size()) {
                buttons.put(product.id(), contact(BUTTONS.get(buttons.size())));
            }
        }
        return new Wiring(
                new Pin(17, false),
                Optional.of(new Pin(27, false)),
                Optional.of(new Pin(22, false)),
                contact(23),
                1925,
                Optional.of(contact(24)),
                Optional.of(contact(25)),
                Optional.of(contact(16)),
                buttons,
                1,
                List.of(
                        new SensorWiring(
                                Quantity.BOILER_TEMP_COFFEE,
                                ChipName.MCP9600,
                                0x67,
                                0,
                                Optional.of(Thermocouple.K),
                                Optional.empty()),
                        new SensorWiring(
                                Quantity.BOILER_TEMP_STEAM,
                                ChipName.TMP117,
                                0x49,
                                0,
                                Optional.empty(),
                                Optional.empty()),
                        new SensorWiring(
                                Quantity.WATER_PRESSURE,
                                ChipName.ADS1115,
                                0x48,
                                0,
                                Optional.empty(),
                                Optional.of(new Line(0.3333, 0, 3.0, 16))),
                        new SensorWiring(
                                Quantity.BEAN_LEVEL,
                                ChipName.NAU7802,
                                0x2A,
                                0,
                                Optional.empty(),
                                Optional.of(new Line(100_000, 0, 1_700_000, 100)))));
    }

    /** A contact to ground, with the pin pulled up. */
    private static Pin contact(int number) {
        return new Pin(number, true);
    }
}
