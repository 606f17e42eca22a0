package io.crema.edge.runner;

import io.crema.edge.EdgeConfig;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.publish.LogPort;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All machines of a data directory, each with its publisher. Machines that are provisioned later are found within a
 * second. Thread-safe.
 */
public final class EdgeFleet implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EdgeFleet.class);

    private final EdgeConfig config;
    private final LogPort port;
    private final BodySource bodies;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Member> members = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Consumer<MachineHost> onMember = host -> {};

    private record Member(MachineHost host, PublisherLoop publisher) {}

    public EdgeFleet(EdgeConfig config, LogPort port, BodySource bodies) {
        this.config = config;
        this.port = port;
        this.bodies = bodies;
    }

    /** Opens all machines, and keeps looking for new ones. */
    public void start() {
        look();
        Thread.ofVirtual().name("edge-fleet").start(() -> {
            try {
                while (!stopped.await(1, TimeUnit.SECONDS)) {
                    look();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Tells of each machine, those that are already here first. */
    public void onMember(Consumer<MachineHost> listener) {
        onMember = listener;
        hosts().forEach(listener);
    }

    /** The machine; opened now if it was just provisioned. */
    public synchronized Optional<MachineHost> host(String serial) {
        if (!members.containsKey(serial)
                && MachineFolder.serials(config.dataDir()).contains(serial)) {
            open(serial);
        }
        return Optional.ofNullable(members.get(serial)).map(Member::host);
    }

    /** Something may be new at this machine: publish it. */
    public void signal(MachineHost host) {
        var member = members.get(host.serial());
        if (member != null) {
            member.publisher().signal();
        }
    }

    public int size() {
        return members.size();
    }

    /** Receipts that the log has not acknowledged, over all machines. */
    public long unpublished() {
        return hosts().stream().mapToLong(MachineHost::unpublished).sum();
    }

    private Collection<MachineHost> hosts() {
        return members.values().stream().map(Member::host).toList();
    }

    private synchronized void look() {
        for (var serial : MachineFolder.serials(config.dataDir())) {
            if (!members.containsKey(serial)) {
                open(serial);
            }
        }
    }

    private void open(String serial) {
        if (stopped.getCount() == 0) {
            return;
        }
        try {
            var folder = MachineFolder.of(config.dataDir(), serial);
            var host = new MachineHost(folder, bodies.bodyOf(serial), config, random);
            members.put(serial, new Member(host, new PublisherLoop(host, port)));
            onMember.accept(host);
        } catch (UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            log.error("machine cannot be opened machine={}: {}", serial, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized void close() {
        stopped.countDown();
        var all = List.copyOf(members.values());
        all.forEach(member -> member.publisher().close());
        all.forEach(member -> member.host().close());
        members.clear();
    }
}
