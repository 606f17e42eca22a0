package io.crema.edge.body.control;

/** What a machine switches. */
public record Outputs(boolean grinder, boolean valve, boolean pump) {
    public static final Outputs OFF = new Outputs(false, false, false);
    public static final Outputs GRINDING = new Outputs(true, false, false);
    public static final Outputs BREWING = new Outputs(false, true, true);
}
