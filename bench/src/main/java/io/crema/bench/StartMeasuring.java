package io.crema.bench;

import io.crema.bench.Report.Start;
import io.crema.platform.Anvil;
import io.crema.platform.EmbeddedBroker;
import io.crema.platform.Pcscd;
import io.crema.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * The archive that a machine carries, installed and started as there: how long until it is ready, and how much memory it
 * takes after it has sold a cup over PC/SC and published it.
 */
final class StartMeasuring {
    private final Path archive;
    private final Path folder;
    private final int starts;

    /**
     * @param archive the unpacked one
     * @param folder for data directories
     */
    StartMeasuring(Path archive, Path folder, int starts) {
        this.archive = archive;
        this.folder = folder;
        this.starts = starts;
    }

    List<Start> measure() throws Exception {
        var missing = Pcscd.missing();
        if (missing.isPresent()) {
            System.err.println("crema: no starts of an installed machine: " + missing.get());
            return List.of();
        }
        Files.createDirectories(folder);
        var program = archive.resolve("bin/crema-edge");
        InstalledEdge.call(program, List.of("install"));
        List<Start> measured = new ArrayList<>();
        try (var pcscd = new Pcscd(folder);
                var broker = EmbeddedBroker.builder(folder.resolve("kafka")).start();
                var chain = Anvil.builder().start()) {
            pcscd.start();
            try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
                new TopicCatalogue(4, (short) 1).create(admin);
            }
            var machine = new InstalledEdge(program, folder.resolve("machine"));
            machine.init(broker.bootstrapServers(), List.of());
            measured.add(starts(machine, "with the cache that install makes", "", pcscd));
            measured.add(starts(machine, "without", "-XX:AOTMode=off", pcscd));
            var alone = new InstalledEdge(program, folder.resolve("alone"));
            alone.init(broker.bootstrapServers(), List.of("--chain-rpc=" + chain.rpcUrl()));
            measured.add(starts(alone, "with the cache, and a node of its own", "", pcscd));
            measured.add(actsAlone(alone, broker, pcscd));
        }
        return measured;
    }

    private Start starts(InstalledEdge machine, String how, String options, Pcscd pcscd)
            throws IOException, InterruptedException {
        System.err.println("crema: %d starts, %s".formatted(starts, how));
        var ready = new long[starts];
        var resident = 0L;
        for (var start = 0; start < starts; start++) {
            ready[start] = machine.start(options);
            machine.sell(pcscd);
            resident = Math.max(resident, machine.residentKib());
            machine.stop();
        }
        Arrays.sort(ready);
        var result = new Start(how, starts, millis(ready[starts / 2]), millis(ready[starts - 1]), mib(resident));
        System.err.println("crema: " + result);
        return result;
    }

    /** With the log out of reach for longer than its limit the machine turns to its node. */
    private static Start actsAlone(InstalledEdge machine, EmbeddedBroker broker, Pcscd pcscd)
            throws IOException, InterruptedException {
        System.err.println("crema: a machine that has turned to the chain by itself");
        machine.silenceHours(0.01);
        var ready = machine.start("");
        machine.sell(pcscd);
        broker.close();
        machine.awaitLog("on chain by itself");
        var resident = machine.residentKib();
        machine.stop();
        return new Start(
                "with the cache, after it has turned to the chain", 1, millis(ready), millis(ready), mib(resident));
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e6);
    }

    private static double mib(long kib) {
        return Math.round(kib / 102.4) / 10.0;
    }
}
