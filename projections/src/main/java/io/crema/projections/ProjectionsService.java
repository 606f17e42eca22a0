package io.crema.projections;

import io.crema.projections.api.Changed;
import io.crema.projections.api.WebServer;
import io.crema.projections.fold.FoldRunner;
import io.crema.projections.fold.FoldState;
import io.crema.projections.fold.Rebuild;
import io.crema.projections.read.ChainContracts;
import io.crema.projections.read.Directory;
import io.crema.projections.store.Database;
import java.net.URI;
import java.sql.SQLException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The read models as a service: folds the log into PostgreSQL and answers over HTTP. It may be killed at any moment,
 * and starts while the log or the database is away. {@link #start} and {@link #close} are for one owner; the rest is
 * thread-safe.
 */
public final class ProjectionsService implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProjectionsService.class);
    private static final int CONNECTIONS = 8;
    private static final long LAGGING = 1000;

    private final ProjectionsConfig config;
    private final Database database;
    private final FoldRunner fold;
    private final WebServer web;

    /** How the service is doing: its state, and a sentence about it. */
    public record Status(State state, String sentence) {}

    /** A service's state. */
    public enum State {
        UP,
        LAGGING,
        STUCK
    }

    public ProjectionsService(ProjectionsConfig config) {
        this(config, InstantSource.system());
    }

    public ProjectionsService(ProjectionsConfig config, InstantSource clock) {
        this.config = config;
        this.database = new Database(config.jdbcUrl(), config.schema(), CONNECTIONS);
        var changed = new Changed();
        this.fold = new FoldRunner(config.bootstrapServers(), database, clock, changed::signal);
        this.web = new WebServer(
                database,
                fold::state,
                changed,
                clock,
                new Directory(config.directory()),
                new ChainContracts(config.contracts()),
                config.host(),
                config.httpPort());
    }

    /** Returns when HTTP answers; the fold goes on in the background. */
    public void start() {
        web.start();
        fold.start();
        log.info("projections answer at {}", address());
    }

    /** Where the API and the console answer. */
    public URI address() {
        return URI.create("http://%s:%d".formatted(config.host(), web.port()));
    }

    public int port() {
        return web.port();
    }

    public Status status() {
        var state = fold.state();
        if (state.trouble().isPresent()) {
            return new Status(
                    State.STUCK,
                    "The read models do not move: " + state.trouble().get() + ".");
        }
        if (!state.aligned() || state.lag() > LAGGING) {
            return new Status(State.LAGGING, "The read models are %d records behind the log.".formatted(state.lag()));
        }
        return new Status(State.UP, "The read models are up to date with the log.");
    }

    /** How far the fold is. */
    public FoldState fold() {
        return fold.state();
    }

    /**
     * Makes the read models anew from offset 0, beside those in use, compares the two and puts the new ones in their
     * place; the service keeps running.
     */
    public Rebuild.Result rebuild() throws SQLException {
        return rebuild(config);
    }

    /** The same without a service. */
    public static Rebuild.Result rebuild(ProjectionsConfig config) throws SQLException {
        return new Rebuild(config.bootstrapServers(), config.jdbcUrl(), config.schema()).run();
    }

    @Override
    public void close() {
        fold.close();
        web.close();
        database.close();
    }
}
