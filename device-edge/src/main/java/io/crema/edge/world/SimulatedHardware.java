package io.crema.edge.world;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.node.Hardware;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A coffee machine's body without a machine: sensors that read what they are set to, pours that succeed unless told
 * otherwise, and a memory of its jobs that outlives the edge process. Thread-safe.
 */
public final class SimulatedHardware implements Hardware {
    private static final int REMEMBERED = 4096;

    private final Map<String, SensorValue> sensors = new LinkedHashMap<>();
    private final Map<Hash, JobState> jobs = new LinkedHashMap<>();
    private int failuresToCome;
    private String failureReason = "";
    private long cups;
    private boolean forgotten;
    private String shown = "";
    private String obstacle = "";
    private final List<BodyEvent> events = new ArrayList<>();

    /** At working temperature and pressure, ready to pour. */
    public SimulatedHardware() {
        set("BoilerTempCoffee", "Cel", 93.0);
        set("BoilerTempSteam", "Cel", 125.0);
        set("WaterPressure", "bar", 9.0);
        set("BeanLevel", "%", 100.0);
    }

    /** Sets what a sensor reads from now on; quantities after OPC 30200, units as UCUM codes. */
    public synchronized void set(String quantity, String unit, double value) {
        sensors.put(quantity, new SensorValue(quantity, unit, value));
    }

    /** The coffee boiler's temperature in degrees Celsius; 93 is normal. */
    public void boilerTemperature(double celsius) {
        set("BoilerTempCoffee", "Cel", celsius);
    }

    /** Lets the next pours fail. */
    public synchronized void failNextPours(int count, String reason) {
        failuresToCome = count;
        failureReason = reason;
    }

    /** Why it could not pour now; empty when it could. */
    public synchronized void obstacle(String sentence) {
        obstacle = sentence;
    }

    /** Something happens at the machine. */
    public synchronized void happened(String kind, String detail) {
        events.add(new BodyEvent(kind, detail));
    }

    /** How many cups this body has poured. */
    public synchronized long cups() {
        return cups;
    }

    /** The sentence on the screen. */
    public synchronized String shown() {
        return shown;
    }

    @Override
    public synchronized PourResult pour(Hash job, ProductId product) {
        if (jobs.size() >= REMEMBERED && !jobs.containsKey(job)) {
            jobs.remove(jobs.keySet().iterator().next());
            forgotten = true;
        }
        if (failuresToCome > 0) {
            failuresToCome--;
            jobs.put(job, JobState.FAILED);
            return new PourResult.NotPoured(failureReason);
        }
        if (jobs.put(job, JobState.POURED) != JobState.POURED) {
            cups++;
        }
        return new PourResult.Poured();
    }

    @Override
    public synchronized JobState recall(Hash job) {
        // What is not remembered may have been begun and forgotten.
        return jobs.getOrDefault(job, forgotten ? JobState.UNKNOWN : JobState.NEVER_BEGUN);
    }

    @Override
    public synchronized List<SensorValue> sensors() {
        return new ArrayList<>(sensors.values());
    }

    @Override
    public synchronized List<BodyEvent> events() {
        var drained = List.copyOf(events);
        events.clear();
        return drained;
    }

    @Override
    public synchronized Optional<String> obstacle() {
        return obstacle.isEmpty() ? Optional.empty() : Optional.of(obstacle);
    }

    @Override
    public synchronized void show(String sentence) {
        shown = sentence;
    }
}
