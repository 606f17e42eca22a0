package io.crema.edge.body;

import java.util.Optional;

/**
 * What a coffee machine measures. Names follow OPC 30200 (OPC UA for Commercial Kitchen Equipment 1.1, section 14.2,
 * CoffeeMachineParameterType) where it has one; units are UCUM codes.
 */
public enum Quantity {
    /** OPC 30200 knows one water boiler, BoilerTempWater; a machine with a boiler for coffee alone says so. */
    BOILER_TEMP_COFFEE("BoilerTempCoffee", "Cel", -10, 160, Optional.of("BoilerTempWater")),
    BOILER_TEMP_WATER("BoilerTempWater", "Cel", -10, 160, Optional.of("BoilerTempWater")),
    BOILER_TEMP_STEAM("BoilerTempSteam", "Cel", -10, 180, Optional.of("BoilerTempSteam")),
    /** At the pump; OPC 30200 knows the pressure inside of a boiler only. */
    WATER_PRESSURE("WaterPressure", "bar", -1, 25, Optional.empty()),
    BOILER_PRESSURE_WATER("BoilerPressureWater", "bar", -1, 25, Optional.of("BoilerPressureWater")),
    BOILER_PRESSURE_STEAM("BoilerPressureSteam", "bar", -1, 6, Optional.of("BoilerPressureSteam")),
    /** Not in OPC 30200; of what the hopper holds when full. */
    BEAN_LEVEL("BeanLevel", "%", -5, 110, Optional.empty()),
    /** Not in OPC 30200; of what the tank holds when full. */
    WATER_LEVEL("WaterLevel", "%", -5, 110, Optional.empty());

    private final String word;
    private final String unit;
    private final double least;
    private final double most;
    private final Optional<String> opcName;

    Quantity(String word, String unit, double least, double most, Optional<String> opcName) {
        this.word = word;
        this.unit = unit;
        this.least = least;
        this.most = most;
        this.opcName = opcName;
    }

    /** As it stands in readings. */
    public String word() {
        return word;
    }

    /** UCUM code. */
    public String unit() {
        return unit;
    }

    /** Nothing less is believed. */
    public double least() {
        return least;
    }

    /** Nothing more is believed. */
    public double most() {
        return most;
    }

    /** The variable of OPC 30200's CoffeeMachineParameterType that it is. */
    public Optional<String> opcName() {
        return opcName;
    }

    /** Whether a value of it can be true. */
    public boolean mayBe(double value) {
        return value >= least && value <= most;
    }

    public static Optional<Quantity> named(String word) {
        for (var quantity : values()) {
            if (quantity.word.equals(word)) {
                return Optional.of(quantity);
            }
        }
        return Optional.empty();
    }
}
