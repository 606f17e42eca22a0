package io.crema.edge.body;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of a machine's body: docs/edge.md and docs/wiring.md say how they are written.
 *
 * @param type what the machine is, makes, measures and reports
 * @param adapter how it is reached
 */
public record BodyConfig(MachineType type, Adapter adapter) {

    /** How a machine is reached. */
    public sealed interface Adapter {}

    /**
     * By this computer's own pins.
     *
     * @param simulated behind simulated pins and chips
     */
    public record Pins(Wiring wiring, Limits limits, boolean simulated) implements Adapter {}

    /**
     * By the machine's own REST interface (docs/machine-api.yaml).
     *
     * @param base its address, without a slash at the end
     * @param token for its Authorization header
     * @param patience for one request
     * @param pourWithin a pour that has not ended by then is asked for later
     * @param retry between requests that are repeated
     */
    public record Rest(URI base, Optional<String> token, Duration patience, Duration pourWithin, Duration retry)
            implements Adapter {
        @Override
        public String toString() {
            return "Rest[base=%s, token=%s]".formatted(base, token.isPresent() ? "***" : "none");
        }
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException naming all faults at once
     */
    public static BodyConfig parse(JsonNode json) {
        return new BodyConfigReader(json).read();
    }
}
