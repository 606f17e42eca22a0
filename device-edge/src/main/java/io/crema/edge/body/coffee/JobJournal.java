package io.crema.edge.body.coffee;

import io.crema.contracts.value.Hash;
import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.FileLog;
import io.crema.edge.journal.Position;
import io.crema.edge.node.Hardware.JobState;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body's durable memory of its jobs: a job is written down before anything moves. That a job was never begun it says
 * only when it surely remembers: not when the memory is new or was damaged (until it was asked once: a node asks after a
 * restart about the one cup that it has not finished, before it begins another), and not once it has forgotten old jobs.
 * Not thread-safe.
 */
public final class JobJournal implements AutoCloseable {
    private static final int REMEMBERED = 512;
    private static final int WHOLE = 1;
    private static final int BEGUN = 2;
    private static final int POURED = 3;
    private static final int FAILED = 4;
    private static final int DOUBTFUL = 5;
    private static final int FORGOTTEN = 6;

    private final AppendLog log;
    private final Map<Hash, Job> jobs = new HashMap<>();
    private final ArrayDeque<Hash> order = new ArrayDeque<>();
    private boolean whole;
    private boolean forgotten;

    JobJournal(AppendLog log, boolean damaged) {
        this.log = log;
        log.read(Position.START, (entry, _) -> {
            apply(entry);
            return true;
        });
        whole &= !damaged;
    }

    /** Opens the journal in a folder; makes it when missing. */
    public static JobJournal open(Path folder) {
        var file = folder.toFile();
        var cuts = cuts(file);
        var log = FileLog.open(folder, "journal of the body");
        return new JobJournal(log, !cuts(file).equals(cuts));
    }

    /** The log keeps what it had to cut off in files: a new or newer one tells of damage. */
    private static Set<String> cuts(File folder) {
        var files = folder.listFiles((_, name) -> name.endsWith(".cut"));
        return files == null
                ? Set.of()
                : Stream.of(files)
                        .map(cut -> cut.getName() + cut.lastModified())
                        .collect(Collectors.toSet());
    }

    Optional<Job> find(Hash job) {
        return Optional.ofNullable(jobs.get(job));
    }

    /** Durable when it returns; nothing moves before. */
    void begun(Hash job) {
        write(BEGUN, job, "");
    }

    void ended(Hash job, Job how) {
        switch (how) {
            case Job.Poured _ -> write(POURED, job, "");
            case Job.Failed failed -> write(FAILED, job, failed.reason());
            case Job.Begun _, Job.Doubtful _ -> throw new IllegalArgumentException(how + " is no end");
        }
    }

    JobState recall(Hash job) {
        return switch (jobs.get(job)) {
            case Job.Poured _ -> JobState.POURED;
            case Job.Failed _ -> JobState.FAILED;
            case Job.Begun _, Job.Doubtful _ -> JobState.UNKNOWN;
            case null -> absent(job);
        };
    }

    private JobState absent(Hash job) {
        if (whole) {
            return forgotten ? JobState.UNKNOWN : JobState.NEVER_BEGUN;
        }
        write(DOUBTFUL, job, "");
        return JobState.UNKNOWN;
    }

    private void write(int kind, Hash job, String reason) {
        if (order.size() >= 2 * REMEMBERED) {
            shrink();
        }
        var entry = entry(kind, job, reason);
        log.append(entry);
        apply(entry);
        if (!whole) {
            // From here on each job is in the journal.
            var mark = new byte[] {WHOLE};
            log.append(mark);
            apply(mark);
        }
    }

    private static byte[] entry(int kind, Hash job, String reason) {
        var text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Hash.LENGTH + text.length)
                .put((byte) kind)
                .put(job.bytes())
                .put(text)
                .array();
    }

    private void apply(byte[] entry) {
        var kind = entry[0];
        if (kind == WHOLE) {
            whole = true;
            return;
        }
        if (kind == FORGOTTEN) {
            forgotten = true;
            return;
        }
        var bytes = new byte[Hash.LENGTH];
        System.arraycopy(entry, 1, bytes, 0, Hash.LENGTH);
        var job = Hash.of(bytes);
        if (!jobs.containsKey(job)) {
            order.add(job);
        }
        jobs.put(
                job,
                switch (kind) {
                    case POURED -> new Job.Poured();
                    case FAILED ->
                        new Job.Failed(new String(
                                entry, 1 + Hash.LENGTH, entry.length - 1 - Hash.LENGTH, StandardCharsets.UTF_8));
                    case DOUBTFUL -> new Job.Doubtful();
                    default -> new Job.Begun();
                });
    }

    /** Keeps the newest jobs, in a new segment. */
    private void shrink() {
        while (order.size() > REMEMBERED) {
            jobs.remove(order.remove());
        }
        forgotten = true;
        log.roll(new byte[] {FORGOTTEN});
        if (whole) {
            log.note(new byte[] {WHOLE});
        }
        for (var job : order) {
            var how = jobs.get(job);
            log.note(
                    switch (how) {
                        case Job.Poured _ -> entry(POURED, job, "");
                        case Job.Failed failed -> entry(FAILED, job, failed.reason());
                        case Job.Doubtful _ -> entry(DOUBTFUL, job, "");
                        case null, default -> entry(BEGUN, job, "");
                    });
        }
        log.append(new byte[] {FORGOTTEN});
        log.dropBefore(log.newestSegment().segment());
    }

    @Override
    public void close() {
        log.close();
    }
}
