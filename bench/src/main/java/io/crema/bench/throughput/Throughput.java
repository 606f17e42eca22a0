package io.crema.bench.throughput;

import io.crema.bench.throughput.Window.Sample;
import io.crema.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * One stage, one fleet, and the ways to fold its receipts, one after the other: each finds the state as the one before
 * left it, and a load of its own that was signed and written before it began.
 */
final class Throughput implements AutoCloseable {
    static final String HOW = "broker and topology each in a process of its own, the topic written before;"
            + " from the end of the warm-up to the last commit of the window, as committed offsets tell";
    static final String APPLICATION = "crema-balances";
    private static final String PLAIN = "bench-plain";
    private static final Duration START = Duration.ofMinutes(5);

    private final Stage stage;
    private final Fleet fleet;
    private final Loading loading;
    private long written;

    Throughput(Path folder, int channels) throws InterruptedException, ExecutionException {
        stage = new Stage(folder);
        fleet = new Fleet(channels);
        loading = new Loading(stage.bootstrapServers(), fleet);
    }

    Stage stage() {
        return stage;
    }

    /** All channels are opened, and known to the balances topology. */
    void open() throws Exception {
        say("opening %,d channels", fleet.channels());
        loading.open();
        try (var folding = stage.fold(Kind.BALANCES, APPLICATION, List.of())) {
            folding.awaitReady(START);
            stage.awaitQuiet(APPLICATION);
        }
    }

    /** Folds what is left. @return how long it took from the start of the process until it ran without a lag */
    Duration foldRest() throws InterruptedException, ExecutionException {
        var start = System.nanoTime();
        try (var folding = stage.fold(Kind.BALANCES, APPLICATION, List.of())) {
            folding.awaitReady(START);
            stage.awaitFolded(APPLICATION);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    /**
     * Signs and writes a load, then folds it. What an earlier way has left over is folded first, and not counted.
     *
     * @param mostSeconds the window's length, if the load does not end before
     */
    Rate measure(Kind kind, Load load, double mostSeconds) throws Exception {
        return measure(kind, load, false, mostSeconds);
    }

    /** @param singles whether to write the load also as one record per receipt, for the plain aggregate */
    Rate measure(Kind kind, Load load, boolean singles, double mostSeconds) throws Exception {
        if (kind != Kind.BALANCES && written > 0) {
            // Else a slow way would have to fold what a fast one has left.
            foldRest();
        }
        var before = written;
        write(load, singles);
        return watch(kind, load, APPLICATION, List.of(), before, mostSeconds);
    }

    /** The plain aggregate over all that was written so far, each record as it is. */
    Rate plainOverRuns(Load load, double mostSeconds) throws Exception {
        return watch(Kind.PLAIN, load, PLAIN, plain(Topic.EDGE_RECEIPTS.topicName(), 1), 0, mostSeconds);
    }

    /** The same over the receipts of the runs, each a record of its own. @param load as it was written */
    Rate plainOverSingles(Load load, double mostSeconds) throws Exception {
        var singles = new Load(load.warmUp(), load.receipts(), 1, load.freshBadges());
        return watch(Kind.PLAIN, singles, PLAIN, plain(Loading.SINGLES, load.runLength()), 0, mostSeconds);
    }

    private void write(Load load, boolean singles) throws Exception {
        say(
                "signing %,d receipts in runs of %,d, badges %s",
                load.records() * load.runLength(), load.runLength(), load.badges());
        loading.receipts(load, singles);
        written += load.records();
    }

    private List<String> plain(String input, int balanceEvery) {
        var sizes = Sizes.of(stage.bootstrapServers(), APPLICATION);
        say("of equal bytes: %s", sizes);
        return List.of(
                input,
                // Ours is written once in as many receipts.
                Integer.toString(sizes.state() / balanceEvery),
                Integer.toString(sizes.accepted()),
                Integer.toString(sizes.balance()),
                Integer.toString(balanceEvery));
    }

    private Rate watch(Kind kind, Load load, String application, List<String> more, long before, double mostSeconds)
            throws InterruptedException, ExecutionException {
        say("folding: %s, badges %s", kind, load.badges());
        var window = new Window(load.warmUp(), load.records() * load.runLength(), mostSeconds);
        var input = more.isEmpty() ? Topic.EDGE_RECEIPTS.topicName() : more.getFirst();
        try (var folding = stage.fold(kind, application, more)) {
            while (true) {
                var receipts = (stage.committed(application, input) - before) * load.runLength();
                var nanos = System.nanoTime();
                if (window.take(new Sample(nanos, receipts, Stage.cpu(folding.pid()), Stage.cpu(stage.brokerPid())))) {
                    var rate = window.rate(kind.toString(), load.badges());
                    say("%s", rate);
                    return rate;
                }
                if (!folding.alive()) {
                    throw new IllegalStateException("the folding process has ended; see its output above");
                }
                Stage.pause();
            }
        }
    }

    static void say(String text, Object... values) {
        System.err.println("crema: " + text.formatted(values));
    }

    @Override
    public void close() {
        stage.close();
    }
}
