package io.crema.edge;

import io.crema.edge.runner.EdgeFleet;
import io.crema.edge.world.LocalWorld;
import io.crema.edge.world.World;
import io.crema.edge.world.WorldAttachments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge as a service: all machines of a data directory in one process. Their world is in this process, or somewhere on
 * loopback. It starts without a broker, too, and may be killed at any moment. Thread-safe.
 */
public final class EdgeService implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EdgeService.class);

    private final EdgeConfig config;
    private @Nullable Links links;
    private @Nullable EdgeFleet fleet;
    private @Nullable WorldAttachments attachments;
    private @Nullable LocalWorld world;

    public EdgeService(EdgeConfig config) {
        this.config = config;
    }

    /** Opens all machines and begins to publish; returns when machines can be used. */
    public synchronized void start() {
        if (fleet != null) {
            return;
        }
        links = Links.open(new LinkConfig(Optional.of(config.kafka()), Optional.empty()));
        var port = links.log();
        if (config.world().isPresent()) {
            attachments = new WorldAttachments(config.world().get());
            fleet = new EdgeFleet(config, port, attachments);
            attachments.follow(fleet);
        } else {
            world = new LocalWorld();
            fleet = new EdgeFleet(config, port, world);
            world.enter(fleet);
        }
        fleet.start();
        log.info("edge ready machines={} data={}", fleet.size(), config.dataDir());
    }

    /**
     * The world in this process, from start to close.
     *
     * @throws IllegalStateException before the start, and when the world is somewhere else
     */
    public synchronized World localWorld() {
        if (world == null) {
            throw new IllegalStateException(
                    "the edge has no world in this process: call start() first, and leave" + " CREMA_EDGE_WORLD empty");
        }
        return world;
    }

    public synchronized EdgeStatus status() {
        if (fleet == null) {
            return new EdgeStatus(EdgeStatus.State.STOPPED, "The edge does not run.", 0, 0);
        }
        var unpublished = fleet.unpublished();
        return new EdgeStatus(
                EdgeStatus.State.RUNNING,
                "%d machines; %d receipts wait for the log.".formatted(fleet.size(), unpublished),
                fleet.size(),
                unpublished);
    }

    @Override
    public synchronized void close() {
        if (attachments != null) {
            attachments.close();
        }
        if (fleet != null) {
            fleet.close();
        }
        if (links != null) {
            links.close();
        }
        attachments = null;
        fleet = null;
        links = null;
        world = null;
    }
}
