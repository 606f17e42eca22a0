package io.crema.edge.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.edge.body.BodyConfig;
import io.crema.edge.node.NodeStatus;
import io.crema.edge.node.Refusal;
import io.crema.edge.pcsc.PhoneReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the machine is, for its health page. Thread-safe. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LITTLE_DISK = 64L << 20;

    private final MachineRun machine;
    private final Instant started;
    private volatile @Nullable NodeStatus latest;

    Report(MachineRun machine) {
        this.machine = machine;
        this.started = machine.clock().instant();
    }

    /** In short. */
    enum State {
        /** It would pour for the next phone. */
        SERVING,
        /** A cup is under way. */
        POURING,
        /** Never placed yet. */
        WAITING,
        /** It refuses whoever comes, or cannot see phones. */
        REFUSING
    }

    /** The state, and why, in a sentence. */
    record Summary(State state, String sentence) {}

    Summary summary() {
        var serving = machine.serving();
        if (serving.isEmpty()) {
            return new Summary(State.WAITING, machine.trouble());
        }
        var now = status();
        if (now.isEmpty()) {
            return new Summary(State.POURING, "A cup is under way.");
        }
        if (now.get().refusal().isPresent()) {
            return new Summary(State.REFUSING, now.get().sentence());
        }
        if (machine.reader().state() == PhoneReader.State.AWAY) {
            return new Summary(
                    State.REFUSING, "No phone is seen: " + machine.reader().sentence());
        }
        var obstacle = machine.body().obstacle();
        return obstacle.map(why -> new Summary(State.REFUSING, why))
                .orElseGet(() -> new Summary(State.SERVING, now.get().sentence()));
    }

    /** As of now; empty while a cup is under way. */
    private Optional<NodeStatus> status() {
        var now = machine.serving().flatMap(it -> it.host().statusUnlessBusy());
        now.ifPresent(it -> latest = it);
        return now;
    }

    /** Everything, as one object. */
    ObjectNode json() {
        var summary = summary();
        var config = machine.config();
        var root = JSON.createObjectNode();
        root.put("state", summary.state().name()).put("sentence", summary.sentence());
        root.put("serial", config.serial()).put("machine", config.machine().toString());
        root.put("version", Version.text()).put("java", Runtime.version().toString());
        root.put("time", machine.clock().instant().toString());
        root.put(
                "upSeconds",
                Math.max(0, Duration.between(started, machine.clock().instant()).toSeconds()));
        node(root);
        machine.serving()
                .flatMap(it -> it.till().last())
                .ifPresent(tap -> root.putObject("lastTap")
                        .put("time", tap.time().toString())
                        .put("served", tap.served())
                        .put("sentence", tap.sentence()));
        root.putObject("reader")
                .put("state", machine.reader().state().name())
                .put("sentence", machine.reader().sentence());
        body(root.putObject("body"));
        links(root);
        disk(root.putObject("disk"));
        root.put("memoryBytes", resident());
        return root;
    }

    private void node(ObjectNode root) {
        var it = latest;
        if (it == null) {
            return;
        }
        var decimals = machine.serving()
                .flatMap(serving -> serving.host().decimalsUnlessBusy())
                .orElse(0);
        var receipts = root.putObject("receipts");
        receipts.put("newest", it.sequence()).put("unpublished", it.unpublished());
        receipts.put("total", it.total().toString())
                .put("deposited", it.deposited().toString());
        receipts.put("credit", it.credit().toString()).put("decimals", decimals);
        it.cup().ifPresent(cup -> receipts.put("unfinished", cup.name()));
        root.put("tariff", it.tariff()).put("epoch", it.epoch());
        var horizon = root.putObject("horizon");
        horizon.put("sentence", it.horizon().sentence())
                .put("amount", it.horizon().amount().toString());
        horizon.put("timeKnown", it.horizon().timeKnown());
        if (it.horizon().cups() != Long.MAX_VALUE) {
            horizon.put("cups", it.horizon().cups());
        }
        it.horizon().until().ifPresent(until -> horizon.put("until", until.toString()));
        it.block()
                .ifPresent(block -> root.putObject("block")
                        .put("number", block.number())
                        .put("time", block.time().toString()));
        it.closeAt().ifPresent(at -> root.put("closeAt", at.toString()));
        it.refusal().map(Refusal::name).ifPresent(refusal -> root.put("refusal", refusal));
        root.put("clockWrong", it.clockWrong());
    }

    private void body(ObjectNode node) {
        var type = machine.body().type();
        node.put("manufacturer", type.manufacturer()).put("model", type.model());
        node.put(
                "adapter",
                switch (machine.config().body().adapter()) {
                    case BodyConfig.Pins pins -> pins.simulated() ? "simulated" : "pi4j";
                    case BodyConfig.Rest _ -> "http";
                });
        node.put("obstacle", machine.body().obstacle().orElse(""));
    }

    private void links(ObjectNode root) {
        var log = root.putObject("log");
        log.put("by", machine.config().links().kafka().isPresent() ? "kafka" : "gateway");
        machine.out().arrived().ifPresent(at -> log.put("arrived", at.toString()));
        log.put("trouble", machine.out().trouble());
        machine.serving()
                .flatMap(MachineRun.Serving::onItsOwn)
                .map(OnItsOwn::report)
                .ifPresent(it -> root.putObject("onItsOwn")
                        .put("state", it.state().name())
                        .put("sentence", it.sentence()));
        machine.downlinkTrouble().ifPresent(why -> root.putObject("downlink").put("trouble", why));
    }

    private void disk(ObjectNode node) {
        try {
            var free = Files.getFileStore(machine.config().dataDir()).getUsableSpace();
            node.put("freeBytes", free).put("low", free < LITTLE_DISK);
        } catch (IOException e) {
            node.put("trouble", String.valueOf(e.getMessage()));
        }
    }

    /** Resident memory as Linux tells it; 0 elsewhere. */
    private static long resident() {
        try (var lines = Files.lines(java.nio.file.Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
