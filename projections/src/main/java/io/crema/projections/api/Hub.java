package io.crema.projections.api;

import io.crema.projections.api.Client.Parcel;
import io.crema.projections.read.Directory;
import io.crema.projections.read.Feed;
import io.crema.projections.read.Feed.Event;
import io.crema.projections.read.Overview;
import io.crema.projections.read.Problems;
import io.crema.projections.read.Row;
import io.crema.projections.store.Database;
import io.crema.projections.store.Position;
import io.crema.projections.store.Positions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what has changed, once for all, and hands it to every reader of the stream. */
final class Hub implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Hub.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration OVERVIEW = Duration.ofSeconds(1);
    private static final Set<String> FIGURES = Set.of("overview", "problem");
    private static final int MOST_OF_A_KIND = 1000;

    private final Database database;
    private final Directory names;
    private final Feed feed;
    private final Overview overview;
    private final Problems problems;
    private final Changed changed;
    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofVirtual().name("projections-stream").unstarted(this::run);
    private volatile boolean stopping;
    private @Nullable Position seen;
    private Instant figuresAt = Instant.EPOCH;
    private List<Row> problemsSeen = List.of();

    Hub(Database database, Directory names, Changed changed, InstantSource clock) {
        this.database = database;
        this.names = names;
        this.problems = new Problems(names);
        this.overview = new Overview(names, problems);
        this.feed = new Feed(names);
        this.changed = changed;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /** The client gets whatever is committed after this call began. */
    void add(Client client) throws SQLException {
        turn.lock();
        try {
            if (seen == null) {
                seen = database.read(Positions::read);
            }
            clients.add(client);
        } finally {
            turn.unlock();
        }
    }

    void remove(Client client) {
        clients.remove(client);
        client.close();
    }

    /**
     * What a client missed since a position.
     *
     * @param wanted names of events, empty = all
     */
    Feed.Changes since(Position from, Set<String> wanted) throws SQLException {
        return database.read(connection -> feed.since(connection, from, clock.instant(), wanted, MOST_OF_A_KIND));
    }

    /** The overview, with where the tables stand. */
    Parcel figures() throws SQLException {
        return database.read(connection -> {
            var position = Positions.read(connection);
            var now = clock.instant();
            var found = problems.list(connection, now);
            return new Parcel(
                    List.of(
                            new Event("overview", overview.read(connection, now)),
                            new Event("problem", Row.with("items", found, "sentence", Problems.summary(found)))),
                    position,
                    position);
        });
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        clients.forEach(Client::close);
    }

    private void run() {
        while (!stopping) {
            try {
                var count = changed.count();
                names.refresh();
                turn.lock();
                try {
                    tick();
                } finally {
                    turn.unlock();
                }
                changed.await(count, TICK);
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | RuntimeException e) {
                log.warn("stream waits for the database: {}", e.getMessage());
                pause();
            }
        }
    }

    private void tick() throws SQLException {
        var from = seen;
        if (clients.isEmpty()) {
            seen = null;
            return;
        }
        if (from != null) {
            var changes = since(from, wanted());
            // More than one look may take: the readers start again from the figures.
            var events = changes.complete()
                    ? changes.events()
                    : List.of(reset("more changed at once than is sent one by one", changes.to()));
            if (!changes.to().equals(from)) {
                hand(new Parcel(events, from, changes.to()));
                seen = changes.to();
            }
        }
        var now = clock.instant();
        if (!now.isBefore(figuresAt.plus(OVERVIEW)) && wantsFigures()) {
            figuresAt = now;
            var position = seen == null ? Position.START : seen;
            hand(new Parcel(figuresEvents(now), position, position));
        }
    }

    /** What any client wants; empty = all. */
    private Set<String> wanted() {
        Set<String> all = new HashSet<>();
        for (var client : clients) {
            if (client.wanted().isEmpty()) {
                return Set.of();
            }
            all.addAll(client.wanted());
        }
        return all;
    }

    private boolean wantsFigures() {
        var wanted = wanted();
        return wanted.isEmpty() || FIGURES.stream().anyMatch(wanted::contains);
    }

    /** The overview each time, the problems only when they are others than before. */
    private List<Event> figuresEvents(Instant now) throws SQLException {
        return database.read(connection -> {
            var events = new ArrayList<Event>();
            events.add(new Event("overview", overview.read(connection, now)));
            var found = problems.list(connection, now);
            if (!ids(found).equals(ids(problemsSeen))) {
                problemsSeen = found;
                events.add(new Event("problem", Row.with("items", found, "sentence", Problems.summary(found))));
            }
            return events;
        });
    }

    static Event reset(String reason, Position position) {
        return new Event("reset", Row.with("reason", reason, "position", position.encode()));
    }

    private void hand(Parcel parcel) {
        clients.forEach(client -> client.offer(parcel));
    }

    private static List<String> ids(List<Row> problems) {
        return problems.stream().map(problem -> problem.text("id")).toList();
    }

    private void pause() {
        try {
            changed.await(Long.MAX_VALUE, Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
