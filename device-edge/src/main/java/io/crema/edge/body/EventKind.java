package io.crema.edge.body;

import io.crema.edge.node.Hardware.BodyEvent;
import java.util.List;
import java.util.Optional;

/** What can happen at a machine, in Home Connect's vocabulary: the short word is its key's last part. */
public enum EventKind {
    BEAN_CONTAINER_EMPTY("ConsumerProducts.CoffeeMaker.Event.BeanContainerEmpty"),
    WATER_TANK_EMPTY("ConsumerProducts.CoffeeMaker.Event.WaterTankEmpty"),
    DRIP_TRAY_FULL("ConsumerProducts.CoffeeMaker.Event.DripTrayFull"),
    DEVICE_SHOULD_BE_DESCALED("ConsumerProducts.CoffeeMaker.Event.DeviceShouldBeDescaled"),
    DEVICE_SHOULD_BE_CLEANED("ConsumerProducts.CoffeeMaker.Event.DeviceShouldBeCleaned"),
    /** Its detail is Open or Closed. */
    DOOR_STATE("BSH.Common.Status.DoorState"),
    PROGRAM_FINISHED("BSH.Common.Event.ProgramFinished"),
    PROGRAM_ABORTED("BSH.Common.Event.ProgramAborted"),
    /** Home Connect has no word for it: a reading is missing; the detail says which and why, or that it is back. */
    SENSOR_FAULT("Crema.Event.SensorFault"),
    /** Home Connect has no word for it: something that moves does not obey, and the machine stays off. */
    ACTUATOR_FAULT("Crema.Event.ActuatorFault");

    /** The detail of an event that holds now. */
    public static final String PRESENT = "Present";
    /** The detail of an event that holds no longer. */
    public static final String OFF = "Off";

    public static final String OPEN = "Open";
    public static final String CLOSED = "Closed";

    private final String key;

    EventKind(String key) {
        this.key = key;
    }

    /** Home Connect's key. */
    public String key() {
        return key;
    }

    /** All details that it can have; empty when they are free words. */
    public List<String> details() {
        return switch (this) {
            case BEAN_CONTAINER_EMPTY,
                    WATER_TANK_EMPTY,
                    DRIP_TRAY_FULL,
                    DEVICE_SHOULD_BE_DESCALED,
                    DEVICE_SHOULD_BE_CLEANED -> List.of(PRESENT, OFF);
            case DOOR_STATE -> List.of(OPEN, CLOSED);
            case PROGRAM_FINISHED, PROGRAM_ABORTED, SENSOR_FAULT, ACTUATOR_FAULT -> List.of();
        };
    }

    /** As it stands in telemetry. */
    public String word() {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** An event of this kind. */
    public BodyEvent with(String detail) {
        return new BodyEvent(word(), detail);
    }

    /** @param word the short word or Home Connect's whole key */
    public static Optional<EventKind> named(String word) {
        for (var kind : values()) {
            if (kind.word().equals(word) || kind.key.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
