package io.crema.ingest.gateway.log;

import io.crema.contracts.value.MachineId;
import io.crema.ingest.gateway.fold.Book;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the gateway has followed the log: the book, where it stands, and who has something to learn. Thread-safe; callers
 * wait on virtual threads.
 */
public final class Following {
    private final Map<MachineId, Long> news = new HashMap<>();
    private Map<TopicPartition, Long> positions = Map.of();
    private Optional<Book> book = Optional.empty();

    /** Empty until the log was read to its end once. */
    public synchronized Optional<Book> book() {
        return book;
    }

    /** Grows whenever the machine may have something to learn. */
    public synchronized long news(MachineId machine) {
        return news.getOrDefault(machine, 0L);
    }

    /** Returns when the machine may have something to learn since {@code seen}, or after the time. */
    public synchronized void awaitNews(MachineId machine, long seen, long millis) throws InterruptedException {
        var deadline = System.nanoTime() + millis * 1_000_000;
        while (news(machine) == seen) {
            var left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** @throws LogAwayException when the record is not in the book in time */
    public synchronized void awaitPosition(TopicPartition partition, long offset, long millis)
            throws InterruptedException {
        var deadline = System.nanoTime() + millis * 1_000_000;
        while (positions.getOrDefault(partition, 0L) <= offset) {
            var left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new LogAwayException("what was written cannot be read back from %s in time".formatted(partition));
            }
            wait(left);
        }
    }

    synchronized void caughtUp(Book folded) {
        book = Optional.of(folded);
        news.replaceAll((_, count) -> count + 1);
        notifyAll();
    }

    synchronized void moved(Map<TopicPartition, Long> to, Iterable<MachineId> touched) {
        if (positions.equals(to)) {
            return;
        }
        positions = Map.copyOf(to);
        touched.forEach(machine -> news.merge(machine, 1L, Long::sum));
        notifyAll();
    }
}
