package io.crema.edge.body.control;

import io.crema.edge.body.Limits;
import java.util.Locale;
import java.util.Optional;

/** What keeps a machine from pouring, in sentences for its screen. */
public final class Obstacles {
    private Obstacles() {}

    /** What forbids to begin a pour. */
    public static Optional<String> toBegin(Inputs in, Limits limits) {
        var obstacle = toGoOn(in, limits);
        if (obstacle.isEmpty() && in.heat() instanceof Inputs.Heat.Celsius heat && heat.degrees() < limits.coldest()) {
            return Optional.of(
                    String.format(Locale.ROOT, "The machine is still heating up (%.0f °C).", heat.degrees()));
        }
        return obstacle;
    }

    /** What ends a pour that has begun. */
    static Optional<String> toGoOn(Inputs in, Limits limits) {
        if (in.doorOpen()) {
            return Optional.of("The machine's door is open.");
        }
        if (in.trayFull()) {
            return Optional.of("The drip tray is full or not in its place.");
        }
        if (in.tankEmpty()) {
            return Optional.of("The water tank is empty.");
        }
        return switch (in.heat()) {
            case Inputs.Heat.Untold _ -> Optional.empty();
            case Inputs.Heat.Missing _ -> Optional.of("The boiler's temperature cannot be measured.");
            case Inputs.Heat.Celsius heat ->
                heat.degrees() > limits.hottest()
                        ? Optional.of(String.format(Locale.ROOT, "The boiler is too hot (%.0f °C).", heat.degrees()))
                        : Optional.empty();
        };
    }
}
