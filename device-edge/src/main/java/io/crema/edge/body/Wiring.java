package io.crema.edge.body;

import io.crema.contracts.value.ProductId;
import io.crema.edge.body.chip.ChipName;
import io.crema.edge.body.chip.Line;
import io.crema.edge.body.chip.Thermocouple;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is connected to which pin (Broadcom numbers) and to which address of the bus. Contacts are closed when all is
 * well, so that a broken wire stops the machine.
 *
 * @param pump switches the pump, and all that must be off when nothing is poured
 * @param valve opens the way to the brewing head
 * @param grinder switches the grinder
 * @param flowMeter gives pulses
 * @param pulsesPerLitre of the flow meter
 * @param door closed while the door is closed
 * @param dripTray closed while the tray is in its place and not full
 * @param waterTank closed while there is water
 * @param buttons closed while pressed
 * @param bus number of the I2C bus; 1 on a Raspberry Pi's header
 * @param sensors on the bus
 */
public record Wiring(
        Pin pump,
        Optional<Pin> valve,
        Optional<Pin> grinder,
        Pin flowMeter,
        double pulsesPerLitre,
        Optional<Pin> door,
        Optional<Pin> dripTray,
        Optional<Pin> waterTank,
        Map<ProductId, Pin> buttons,
        int bus,
        List<SensorWiring> sensors) {
    public Wiring {
        buttons = Map.copyOf(buttons);
        sensors = List.copyOf(sensors);
    }

    /**
     * A pin of the header.
     *
     * @param number Broadcom's, as in GPIO17
     * @param low whether it is active (contact closed, relay on) when low
     */
    public record Pin(int number, boolean low) {}

    /**
     * A sensor on the bus.
     *
     * @param channel of a converter with several
     * @param thermocouple of a thermocouple's converter
     * @param line from what the converter reads (volts, counts) to the quantity's unit
     */
    public record SensorWiring(
            Quantity quantity,
            ChipName chip,
            int address,
            int channel,
            Optional<Thermocouple> thermocouple,
            Optional<Line> line) {}
}
