package io.crema.simulation.streams;

import io.crema.schemas.topic.Partitions;
import io.crema.simulation.CrashPoints;
import io.crema.simulation.log.CommittedOffset;
import io.crema.simulation.log.LogWriter;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import io.crema.simulation.log.StoredRecord;
import io.crema.simulation.log.WriterFencedException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * One task of a topology: a subtopology on a partition, restored from its committed changelogs, reading committed records
 * and writing in transactions, as one thread of Kafka Streams with exactly_once_v2 would. Not thread-safe.
 */
public final class SimulatedTask {
    private final SimulatedLog log;
    private final InstantSource clock;
    private final CrashPoints crash;
    private final TaskHooks hooks;
    private final String name;
    private final int generation;
    private final LogWriter writer;
    private final RunningTask task;
    private final Map<Place, Long> positions = new LinkedHashMap<>();

    private SimulatedTask(
            TopologyPlan plan,
            int subtopology,
            int partition,
            SimulatedLog log,
            InstantSource clock,
            CrashPoints crash,
            TaskHooks hooks) {
        this.log = log;
        this.clock = clock;
        this.crash = crash;
        this.hooks = hooks;
        this.name = name(plan, subtopology, partition);
        this.generation = log.join(name);
        this.writer = log.writer(name + "-" + generation);
        var built = plan.build(subtopology);
        built.topology().storeToChangelogTopic().forEach((store, changelog) -> {
            var into = built.stores().get(store);
            if (into != null) {
                hooks.changelog(log, new Place(changelog, partition))
                        .forEach(record ->
                                into.put(org.apache.kafka.common.utils.Bytes.wrap(record.key()), record.value()));
            }
        });
        this.task = new RunningTask(plan, built.topology(), subtopology, partition, new VirtualTime(clock));
        for (var topic : new TreeSet<>(built.topology().sourceTopics())) {
            var place = new Place(topic, partition);
            positions.put(
                    place,
                    log.committed(name, place).map(CommittedOffset::offset).orElse(0L));
        }
    }

    /**
     * Takes the task over from whoever has it; empty while it is not known what the one before has committed: the group's
     * offsets are asked for as stable ones, and a restore goes to the end of each changelog, not to its stable part alone.
     *
     * @param crash where the process may end
     */
    public static Optional<SimulatedTask> start(
            TopologyPlan plan,
            int subtopology,
            int partition,
            SimulatedLog log,
            InstantSource clock,
            CrashPoints crash,
            TaskHooks hooks) {
        var name = name(plan, subtopology, partition);
        var unstable = plan.sources(subtopology).stream()
                        .anyMatch(topic -> log.isUnstable(name, new Place(topic, partition)))
                || plan.changelogs(subtopology).stream().anyMatch(topic -> log.isUnstable(new Place(topic, partition)));
        return unstable
                ? Optional.empty()
                : Optional.of(new SimulatedTask(plan, subtopology, partition, log, clock, crash, hooks));
    }

    private static String name(TopologyPlan plan, int subtopology, int partition) {
        return "%s-%d_%d".formatted(plan.application(), subtopology, partition);
    }

    /**
     * Reads, processes, looks at the clock, commits.
     *
     * @param most how many records to read of each input
     * @return whether anything was read or written
     * @throws WriterFencedException when somebody else has the task now
     */
    public boolean step(ToIntFunction<Place> most) {
        crash.point();
        var read = 0;
        for (var place : List.copyOf(positions.keySet())) {
            var count = most.applyAsInt(place);
            if (count > 0) {
                var fetched = hooks.read(log, place, Objects.requireNonNull(positions.get(place)), count);
                task.add(place, fetched);
                positions.put(place, fetched.next());
                read += fetched.records().size();
            }
        }
        var records = task.process().stream().map(this::placed).toList();
        if (read == 0 && records.isEmpty()) {
            return false;
        }
        hooks.write(new Made(records), writer);
        task.committed();
        return true;
    }

    private StoredRecord placed(RunningTask.Sent sent) {
        var partition = sent.partition()
                .orElseGet(() -> Partitions.of(Objects.requireNonNull(sent.key()), log.partitions(sent.topic())));
        return new StoredRecord(
                sent.topic(),
                partition,
                -1,
                sent.key(),
                sent.value(),
                sent.time().orElseGet(clock::instant));
    }

    /** What one step made. */
    private final class Made implements TaskHooks.Output {
        private final List<StoredRecord> records;

        Made(List<StoredRecord> records) {
            this.records = records;
        }

        @Override
        public List<StoredRecord> records() {
            return new ArrayList<>(records);
        }

        @Override
        public Map<Place, Long> positions() {
            return Map.copyOf(positions);
        }

        @Override
        public TaskHooks.Output with(UnaryOperator<List<StoredRecord>> change) {
            return new Made(change.apply(records()));
        }

        @Override
        public void commit(LogWriter to) {
            to.begin();
            for (var record : records) {
                crash.point();
                to.send(new Place(record.topic(), record.partition()), record.key(), record.value(), record.time());
            }
            crash.point();
            Map<Place, CommittedOffset> offsets = new LinkedHashMap<>();
            positions.forEach((place, next) -> offsets.put(place, new CommittedOffset(next, "")));
            to.offsets(name, generation, offsets);
            crash.point();
            to.commit();
            crash.point();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
