package io.crema.edge.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.edge.Office;
import io.crema.edge.Provisioning;
import io.crema.edge.PublishedReceipts;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.world.Await;
import io.crema.edge.world.TcpWorld;
import io.crema.platform.ChildJvm;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.topic.TopicCatalogue;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of an edge with three busy machines, at random moments of their taps, each time with another rubbish behind
 * the journals' last entries. Prints a table. {@code -Dcrema.edge.kills=200} for more than the usual 20,
 * {@code -Dcrema.edge.kills.seed=N} to choose another course.
 */
@Tag("long")
final class KillIT {
    private static final int KILLS = Integer.getInteger("crema.edge.kills", 20);
    private static final long SEED = Long.getLong("crema.edge.kills.seed", 20_260_101L);
    private static final List<String> STEPS = List.of(
            "?", "offered", "signed", "dispensing", "served", "failed", "adopted", "reported", "published", "snapshot");

    @TempDir
    Path dir;

    private record Kill(String moment, Tail tail, String lastEntries, int paid, long restartMillis) {}

    @Test
    void shouldLoseNoReceiptAndDoubleNoneAndPourNothingUnpaid() throws Exception {
        var random = new Random(SEED);
        try (var broker = EmbeddedBroker.builder(dir.resolve("kafka")).start();
                var world = new TcpWorld(Duration.ofMinutes(2))) {
            try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
                new TopicCatalogue(4, (short) 1).create(admin);
            }
            var offices = IntStream.rangeClosed(1, 3)
                    .mapToObj(it -> new Office("KILL-" + it, 7 + it))
                    .toList();
            offices.forEach(it -> MachineFolder.provision(dir, funded(it), it.machineKey));
            try (var output = new PrintWriter("target/edge-kills-edge.log", StandardCharsets.UTF_8);
                    var edge = ChildJvm.builder("edge", EdgeProcess.class.getName())
                            .args(List.of(
                                    broker.bootstrapServers(),
                                    dir.toString(),
                                    Integer.toString(world.address().getPort())))
                            .readyWhen(line -> line.contains(EdgeProcess.READY))
                            .output(output::println)
                            .build()) {
                edge.start().awaitReady(Duration.ofSeconds(60));
                var trap = new Trap(edge::kill);
                var drinkers = offices.stream()
                        .map(it -> new Drinkers(world, it, trap, random.nextLong()))
                        .toList();
                var threads = drinkers.stream().map(Thread::startVirtualThread).toList();
                var kills = new ArrayList<Kill>();
                while (kills.size() < KILLS) {
                    kills.add(killAndStart(edge, trap, drinkers, random));
                }
                drinkers.forEach(Drinkers::stop);
                for (var thread : threads) {
                    thread.join();
                }
                var log = new HashMap<String, List<SignedReceipt>>();
                for (var people : drinkers) {
                    Await.until(() -> {
                        var receipts = receipts(broker, people.office());
                        log.put(people.office().serial, receipts);
                        return distinct(people.office(), receipts).size() == people.paid();
                    });
                }
                print(kills, drinkers, log);
                drinkers.forEach(it -> check(world, it, log.getOrDefault(it.office().serial, List.of())));
            }
        }
    }

    /** For as many cups as the kills take; a used up deposit would end the load. */
    private static Provisioning funded(Office office) {
        var it = office.provisioning;
        return it.with(
                Amount.of(100_000_000L * KILLS),
                it.challengePeriodMinutes(),
                it.placement(),
                it.tariffs(),
                it.productNames(),
                it.epoch(),
                it.signer());
    }

    private Kill killAndStart(ChildJvm edge, Trap trap, List<Drinkers> drinkers, Random random) throws Exception {
        var enough = paid(drinkers) + random.nextInt(40);
        try {
            Await.until(() -> paid(drinkers) >= enough);
        } catch (AssertionError stuck) {
            throw new AssertionError(
                    "nobody buys any more after %d receipts; the machines said last: %s"
                            .formatted(
                                    paid(drinkers),
                                    drinkers.stream().map(Drinkers::lastRefusal).toList()),
                    stuck);
        }
        var apdus = 1 + random.nextInt(60);
        String moment;
        if (random.nextInt(4) > 0 && trap.springsAfter(apdus, 5000)) {
            moment = "APDU " + apdus;
        } else {
            var millis = random.nextInt(120);
            Thread.sleep(millis);
            edge.kill();
            moment = millis + " ms";
        }
        var tail = Tail.values()[random.nextInt(Tail.values().length)];
        var last = new ArrayList<String>();
        for (var people : drinkers) {
            var folder = MachineFolder.of(dir, people.office().serial).path();
            last.add(STEPS.get(Math.max(0, tail.addTo(folder.resolve("journal"), random))));
            tail.addTo(folder.resolve("telemetry"), random);
        }
        var started = System.nanoTime();
        edge.start().awaitReady(Duration.ofSeconds(60));
        return new Kill(
                moment, tail, String.join(" ", last), paid(drinkers), (System.nanoTime() - started) / 1_000_000);
    }

    private static int paid(List<Drinkers> drinkers) {
        return drinkers.stream().mapToInt(Drinkers::paid).sum();
    }

    private static void check(TcpWorld world, Drinkers people, List<SignedReceipt> log) {
        var office = people.office();
        var digests = distinct(office, log);
        assertThat(people.served()).as("cups, or nothing was tried").isNotEmpty();
        assertThat(people.refused())
                .as("only what is told to try again")
                .allMatch(it -> Arrays.asList("TAP_LOST", "PHONE_REFUSED")
                        .contains(it.refusal().name()));
        // none lost: whatever the machine had acknowledged is in the log
        people.served().forEach(it -> assertThat(digests).containsKey(digest(office, it)));
        people.failed().forEach(it -> assertThat(digests).containsKey(digest(office, it.receipt())));
        // none doubled: one receipt for each attempt that was paid, each sequence once, each following the one before
        assertThat(digests).hasSize(people.paid());
        var head = ChannelHead.start(office.channel);
        var bySequence = new TreeMap<Long, SignedReceipt>();
        digests.values()
                .forEach(it -> assertThat(bySequence.put(it.receipt().content().sequence(), it))
                        .isNull());
        for (var receipt : bySequence.values()) {
            assertThat(head.isFollowedBy(receipt.receipt().content(), receipt.sale()))
                    .isTrue();
            head = ChannelHead.at(receipt.receipt().content());
        }
        // every pour has its receipt
        assertThat(world.hardware(office.serial).cups())
                .isEqualTo(people.served().size());
        // and what was paid in vain comes back: nothing is credited that no failure owes
        var owed = sum(people.failed().stream().map(it -> it.failure().content().amount()));
        var credited = sum(bySequence.values().stream().map(it -> it.sale().credit()));
        assertThat(credited).isLessThanOrEqualTo(owed);
    }

    private static Amount sum(java.util.stream.Stream<Amount> amounts) {
        return amounts.reduce(Amount.ZERO, Amount::plus);
    }

    private static Hash digest(Office office, SignedReceipt receipt) {
        return office.domains.payment().digest(receipt.receipt().content());
    }

    private static Map<Hash, SignedReceipt> distinct(Office office, List<SignedReceipt> receipts) {
        var distinct = new LinkedHashMap<Hash, SignedReceipt>();
        receipts.forEach(it -> distinct.putIfAbsent(digest(office, it), it));
        return distinct;
    }

    private static List<SignedReceipt> receipts(EmbeddedBroker broker, Office office) {
        return PublishedReceipts.of(office.channel, broker, 4);
    }

    private static void print(List<Kill> kills, List<Drinkers> drinkers, Map<String, List<SignedReceipt>> log)
            throws Exception {
        var table = new StringBuilder("%nkill -9 of the edge, seed %d%n%4s %-9s %-15s %-36s %6s %8s%n"
                .formatted(SEED, "no.", "moment", "tail", "last entry of each journal", "paid", "restart"));
        for (var number = 1; number <= kills.size(); number++) {
            var kill = kills.get(number - 1);
            table.append("%4d %-9s %-15s %-36s %6d %5d ms%n"
                    .formatted(
                            number,
                            kill.moment(),
                            kill.tail()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' '),
                            kill.lastEntries(),
                            kill.paid(),
                            kill.restartMillis()));
        }
        table.append("%n%-8s %7s %7s %7s %15s %17s%n"
                .formatted("machine", "poured", "failed", "refused", "receipts in log", "of them sent again"));
        for (var people : drinkers) {
            var sent = log.getOrDefault(people.office().serial, List.of());
            var once = distinct(people.office(), sent).size();
            table.append("%-8s %7d %7d %7d %15d %17d%n"
                    .formatted(
                            people.office().serial,
                            people.served().size(),
                            people.failed().size(),
                            people.refused().size(),
                            once,
                            sent.size() - once));
        }
        System.out.print(table);
        Files.writeString(Path.of("target", "edge-kills.txt"), table);
    }
}
