package io.crema.simulation.world;

import io.crema.ingest.decode.ContractLogs;
import io.crema.ingest.watch.ChainUnavailableException;
import io.crema.ingest.watch.ChainWatcher;
import io.crema.ingest.watch.EventLogUnavailableException;
import io.crema.ingest.watch.SupersededException;
import io.crema.ingest.watch.Watched;
import io.crema.simulation.Connection;
import io.crema.simulation.CrashPoints;
import io.crema.simulation.chain.SimulatedChain;
import io.crema.simulation.chain.WatchedNode;
import io.crema.simulation.log.SimulatedLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chain watcher: its process, and older ones that do not know yet. Not thread-safe. */
final class Watching {
    private static final Watched WATCHED =
            new Watched(Town.CHAIN_ID, Town.DOMAINS.payment().verifyingContract(), 1, 1, 10);
    private static final ContractLogs DECODER = new ContractLogs(
            Town.CHAIN_ID,
            Town.DOMAINS.payment().verifyingContract(),
            Town.IDENTITY,
            Town.DOMAINS.rental().verifyingContract(),
            Town.DOMAINS.maintenance().verifyingContract(),
            Town.SUPPLY);

    final CrashPoints crash = new CrashPoints();
    final Connection node = new Connection();
    final Connection broker = new Connection();
    private final SimulatedLog log;
    private final SimulatedChain chain;
    private final Wiring wiring;
    private final List<ChainWatcher> zombies = new ArrayList<>();
    private @Nullable ChainWatcher watcher;

    Watching(SimulatedLog log, SimulatedChain chain, Wiring wiring) {
        this.log = log;
        this.chain = chain;
        this.wiring = wiring;
    }

    private ChainWatcher start() {
        return new ChainWatcher(
                WATCHED,
                new WatchedNode(chain, Town.CHAIN_ID, crash, node),
                DECODER,
                wiring.events(new EventWriter(log, WATCHED, crash, broker)));
    }

    void step() {
        var running = watcher == null ? start() : watcher;
        watcher = running;
        if (!stepped(running)) {
            zombies.remove(running);
            if (watcher == running) {
                watcher = null;
            }
        }
    }

    private static boolean stepped(ChainWatcher watcher) {
        try {
            watcher.step();
            return true;
        } catch (ChainUnavailableException | EventLogUnavailableException later) {
            return true;
        } catch (CrashPoints.Crash | SupersededException gone) {
            return false;
        }
    }

    /** The process goes on unaware, and another one starts in its place. */
    void split() {
        if (watcher != null) {
            zombies.add(watcher);
            watcher = null;
            step();
        }
    }

    /**
     * Stands still in the middle of a step; another one starts in its place and works.
     *
     * @param points of the step that are passed before
     */
    void pause(int points) {
        crash.pauseAfter(points, () -> {
            if (watcher != null) {
                zombies.add(watcher);
                watcher = null;
            }
            for (var turn = 0; turn < 3; turn++) {
                step();
                chain.mine();
            }
        });
    }

    void stepZombie() {
        if (!zombies.isEmpty() && !stepped(zombies.getFirst())) {
            zombies.removeFirst();
        }
    }

    void kill() {
        watcher = null;
    }

    void killZombies() {
        zombies.clear();
    }
}
