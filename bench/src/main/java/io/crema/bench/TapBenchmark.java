package io.crema.bench;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.edge.journal.FileLog;
import io.crema.edge.journal.MemoryLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One cup, from the button to the poured cup: both sides' APDUs, checks and signatures, over an in-memory link and a body
 * that pours at once. A fresh machine and phone for each iteration; the same seed, so the same receipts.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // set up before each iteration
public class TapBenchmark {
    /** Where journals are written; /tmp is memory on many machines, and then a sync costs nothing. */
    static final String DIRECTORY = "crema.bench.dir";

    private Path folder;
    private Office forgetful;
    private Office durable;

    @Setup(Level.Iteration)
    public void open() throws IOException {
        var parent = Path.of(System.getProperty(DIRECTORY, "target"));
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent, "tap-");
        forgetful = new Office(new MemoryLog());
        durable = new Office(FileLog.open(folder, "journal"));
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        forgetful.close();
        durable.close();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Benchmark
    public SignedReceipt inMemory() {
        return forgetful.sell();
    }

    /** Each of the machine's four steps is on the disk before the next. */
    @Benchmark
    public SignedReceipt withJournalOnDisk() {
        return durable.sell();
    }
}
