package io.crema.edge.gateway;

import io.crema.edge.node.Fact;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where facts come from. */
@FunctionalInterface
public interface DownlinkPort {

    /**
     * What the machine does not know yet, and the newest block.
     *
     * @param after the cursor of the answer before; empty at the very first
     * @param wait how long to wait for something new
     * @throws IOException when nobody answers, or the answer is no; ask again later
     */
    Answer facts(String after, Duration wait) throws IOException, InterruptedException;

    /**
     * An answer.
     *
     * @param cursor what the machine knows once it has learnt these facts
     * @param unreadable why facts among the answer were left out, in a sentence each
     */
    record Answer(List<Fact> facts, String cursor, List<String> unreadable) {
        public Answer {
            facts = List.copyOf(facts);
            unreadable = List.copyOf(unreadable);
        }
    }
}
