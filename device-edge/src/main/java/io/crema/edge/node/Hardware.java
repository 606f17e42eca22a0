package io.crema.edge.node;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import java.util.List;
import java.util.Optional;

/** The machine's body: what pours, and what measures. Called by one thread at a time. */
public interface Hardware {

    /** Pours one cup and returns when it is done or has failed. The job's name is the receipt's digest. */
    PourResult pour(Hash job, ProductId product);

    /** What the body knows of a job after the node was restarted in the middle of it. */
    JobState recall(Hash job);

    /** All sensors as they read now; one that cannot be read is left out, never guessed. */
    List<SensorValue> sensors();

    /** What has happened at the body since the last call; each event is handed over once. Returns at once. */
    default List<BodyEvent> events() {
        return List.of();
    }

    /** Why the body could not pour now, as a sentence for the screen; empty when it could. Returns at once. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

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

    /**
     * Something that happened at the body.
     *
     * @param kind Home Connect's word, such as DripTrayFull
     * @param detail more about it, such as Present or Off; may be empty
     */
    record BodyEvent(String kind, String detail) {}
}
