package io.crema.simulation.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Many seeds, side by side. Stateless. */
public final class Campaign {
    private Campaign() {}

    /**
     * What came of it.
     *
     * @param failures in the order of their seeds
     * @param faults how often each kind of fault was planned
     */
    public record Summary(
            long seeds,
            long steps,
            Map<Kind, Long> faults,
            long receipts,
            long redemptions,
            List<Simulation.Result> failures,
            Duration took) {

        public double seedsPerSecond() {
            return seeds * 1_000.0 / Math.max(1, took.toMillis());
        }
    }

    /**
     * Runs the seeds {@code first} to {@code first + seeds - 1}.
     *
     * @param onFailure is told of each failing seed as it fails, by one thread at a time
     */
    public static Summary run(long first, int seeds, int steps, Wiring wiring, Consumer<Simulation.Result> onFailure) {
        var begun = System.nanoTime();
        List<Simulation.Result> results = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().name("simulation-", 0).factory())) {
            var running = LongStream.range(first, first + seeds)
                    .mapToObj(seed -> pool.submit(() -> Simulation.run(seed, steps, wiring)))
                    .toList();
            for (var future : running) {
                var result = future.get();
                if (result.failure().isPresent()) {
                    onFailure.accept(result);
                }
                results.add(result);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while seeds were running", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a seed could not be run", e.getCause());
        }
        Map<Kind, Long> faults = new EnumMap<>(Kind.class);
        LongStream.range(first, first + seeds)
                .forEach(seed -> Action.plan(seed, steps).stream()
                        .filter(action -> action.kind().isFault())
                        .forEach(action -> faults.merge(action.kind(), 1L, Long::sum)));
        return new Summary(
                seeds,
                (long) seeds * steps,
                faults,
                results.stream().mapToLong(Simulation.Result::receipts).sum(),
                results.stream().mapToLong(Simulation.Result::redemptions).sum(),
                results.stream().filter(result -> result.failure().isPresent()).toList(),
                Duration.ofNanos(System.nanoTime() - begun));
    }
}
