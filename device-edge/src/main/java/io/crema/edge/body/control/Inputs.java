package io.crema.edge.body.control;

/**
 * What a machine sees of itself at one moment.
 *
 * @param doorOpen its door
 * @param trayFull its drip tray is full or away
 * @param tankEmpty its water tank
 * @param pulses of the flow meter since it was switched on
 * @param heat of the coffee boiler
 */
public record Inputs(boolean doorOpen, boolean trayFull, boolean tankEmpty, long pulses, Heat heat) {

    /** The coffee boiler's temperature. */
    public sealed interface Heat {
        /** This machine does not measure it. */
        record Untold() implements Heat {}

        /** It should be measured and cannot be. */
        record Missing() implements Heat {}

        record Celsius(double degrees) implements Heat {}
    }
}
