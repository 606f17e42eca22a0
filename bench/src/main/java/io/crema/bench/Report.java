package io.crema.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call measured.
 *
 * @param startedAt ISO-8601, UTC
 * @param moneyPath by the benchmark's name, each in a form of its own
 * @param loadAtEnd the one-minute load average after the last benchmark; the first one stands in the machine
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Report(
        String startedAt,
        Machine machine,
        Jdk jdk,
        String settings,
        List<Result> results,
        @Nullable List<Taps> edge,
        @Nullable List<Start> start,
        @Nullable Backfill backfill,
        @Nullable Demo demo,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> moneyPath,
        double loadAtEnd) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    record Jdk(String version, String vendor, String vm) {}

    /** One comparison, the baseline among its variants. */
    record Result(String name, String question, String baseline, String unit, List<Variant> variants) {}

    /**
     * One way to do it.
     *
     * @param perSecond how many operations one thread does
     * @param microseconds that one operation takes on average
     * @param error half the 99.9 % confidence interval, as a share of the figure; absent where too few iterations ran
     * @param cpuMicroseconds processor time of one operation, over all threads of the JVM
     * @param speedRatio this one's speed by the baseline's; above 1 is faster
     * @param cpuRatio the baseline's processor time by this one's; above 1 is cheaper
     * @param p50 microseconds; only where each operation is timed
     * @param p99 microseconds; only where each operation is timed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Variant(
            String name,
            double perSecond,
            double microseconds,
            @Nullable Double error,
            double cpuMicroseconds,
            double speedRatio,
            double cpuRatio,
            @Nullable Double p50,
            @Nullable Double p99) {}

    /**
     * Button to poured cup, without the radio: all APDUs, checks and syncs to the disk.
     *
     * @param how the way the APDUs took, and what the process was given
     * @param p50 milliseconds
     * @param p99 milliseconds
     */
    record Taps(String how, int taps, double p50, double p99) {}

    /**
     * The installed archive, from the start of its process until it can sell, and after a cup.
     *
     * @param how what it starts with
     * @param readyMillis the middle one of all starts
     * @param slowestMillis of all starts
     * @param residentMiB the largest of all starts
     */
    record Start(String how, int starts, double readyMillis, double slowestMillis, double residentMiB) {}

    /**
     * What was sold offline, on its way to a real broker.
     *
     * @param seconds from the start of the edge to the last acknowledgement
     * @param baselinePerSecond the same receipts out of memory, each a record of its own
     * @param speedRatio above 1 is faster than the baseline
     */
    record Backfill(int receipts, double seconds, double perSecond, double baselinePerSecond, double speedRatio) {}

    /**
     * The whole system, measured by its own report.
     *
     * @param cupsPerSecond over the whole run, from the command to the last redemption
     * @param tapMillis p50 and p99
     * @param readModelMillis p50 and p99, from the poured cup to its row
     */
    record Demo(
            String command,
            long cups,
            double firstCupSeconds,
            double wallSeconds,
            double cupsPerSecond,
            long peakMemoryMiB,
            JsonNode tapMillis,
            JsonNode readModelMillis,
            long transactions,
            boolean allInvariantsHold) {}

    static Report of(
            String startedAt,
            Machine machine,
            String settings,
            List<Result> results,
            Optional<List<Taps>> edge,
            Optional<List<Start>> start,
            Optional<Backfill> backfill,
            Optional<Demo> demo,
            Map<String, Object> moneyPath) {
        var jdk = new Jdk(
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        return new Report(
                startedAt,
                machine,
                jdk,
                settings,
                results,
                edge.orElse(null),
                start.orElse(null),
                backfill.orElse(null),
                demo.orElse(null),
                moneyPath,
                Machine.currentLoad());
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the report cannot be written", e);
        }
    }
}
