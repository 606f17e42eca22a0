package io.crema.edge.gateway;

import io.crema.edge.node.Fact;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings facts to a machine, each at least once and in order, and goes on where it was after any interruption: the cursor
 * is kept only when all that it stands for was learnt. Not thread-safe.
 */
public final class Downlink {
    private static final Logger log = LoggerFactory.getLogger(Downlink.class);

    private final DownlinkPort port;
    private final CursorStore store;
    private final Consumer<Fact> learn;
    private String cursor;

    /** @param learn makes a fact durable before it returns; hearing one again must change nothing */
    public Downlink(DownlinkPort port, CursorStore store, Consumer<Fact> learn) {
        this.port = port;
        this.store = store;
        this.learn = learn;
        this.cursor = store.read();
    }

    /**
     * Asks once, and hands over what is new.
     *
     * @param wait how long the other side may wait for something new
     * @return how many facts were handed over, the newest block among them
     * @throws IOException when there is no answer: step again later
     */
    public int step(Duration wait) throws IOException, InterruptedException {
        var answer = port.facts(cursor, wait);
        answer.unreadable().forEach(why -> log.warn("a fact was left out: {}", why));
        answer.facts().forEach(learn);
        if (!answer.cursor().equals(cursor)) {
            store.keep(answer.cursor());
            cursor = answer.cursor();
        }
        return answer.facts().size();
    }
}
