package io.crema.edge.node;

import io.crema.contracts.tap.TapLink;
import io.crema.edge.Office;
import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.FileLog;
import io.crema.edge.journal.MemoryLog;
import io.crema.edge.world.SimulatedHardware;
import java.nio.file.Path;

/** A node on a journal on disk, for tests outside this package. */
public final class TestNode implements AutoCloseable {
    private final Rig rig;
    private final AppendLog log;

    private TestNode(Rig rig, AppendLog log) {
        this.rig = rig;
        this.log = log;
    }

    public static TestNode open(Office office, Path journal) {
        var log = FileLog.open(journal, "journal");
        return new TestNode(new Rig(office, log, new SimulatedHardware()), log);
    }

    public static TestNode on(Office office, AppendLog log) {
        return new TestNode(new Rig(office, log, new SimulatedHardware()), log);
    }

    /** On a journal that lives only as long as the node. */
    public static TestNode inMemory(Office office) {
        var log = new MemoryLog();
        return new TestNode(new Rig(office, log, new SimulatedHardware()), log);
    }

    public TapOutcome press(Press press, TapLink link) {
        return rig.node.press(press, link);
    }

    /** Cups that the body has poured. */
    public long cups() {
        return rig.body.cups();
    }

    public long newestSequence() {
        return rig.ledger.newest().map(it -> it.receipt().content().sequence()).orElse(0L);
    }

    @Override
    public void close() {
        log.close();
    }
}
