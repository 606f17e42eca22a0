package io.crema.edge.node;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import java.util.List;

/** The machine's body: what pours, and what measures. Called by one thread at a time. */
public interface Hardware {

    /** Pours one cup and returns when it is done or has failed. The job's name is the receipt's digest. */
    PourResult pour(Hash job, ProductId product);

    /** What the body knows of a job after the node was restarted in the middle of it. */
    JobState recall(Hash job);

    /** All sensors as they read now. */
    List<SensorValue> sensors();

    /** Shows a sentence on the machine's screen. */
    default void show(String sentence) {}

    /** How a pour ended. */
    sealed interface PourResult {
        record Poured() implements PourResult {}

        /** @param reason in plain words */
        record NotPoured(String reason) implements PourResult {}
    }

    /** What became of a job. */
    enum JobState {
        /** It was poured. */
        POURED,
        /** It was begun and failed. */
        FAILED,
        /** The body knows for sure that it was never begun. */
        NEVER_BEGUN,
        /** Nobody can tell. */
        UNKNOWN
    }

    /**
     * One sensor's value.
     *
     * @param quantity the name after OPC 30200, such as BoilerTempCoffee
     * @param unit the UCUM code, such as Cel or bar
     */
    record SensorValue(String quantity, String unit, double value) {}
}
