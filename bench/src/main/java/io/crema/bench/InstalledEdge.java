package io.crema.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning.PricedTariff;
import io.crema.edge.provision.MachineInit;
import io.crema.phone.Company;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import io.crema.phone.Wallet;
import io.crema.platform.Pcscd;
import io.crema.platform.VpcdPhone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One machine as its archive runs it, and an employee who buys there. For one thread. */
final class InstalledEdge {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long YEAR = 31_536_000;

    private final Path program;
    private final Path dataDir;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private final PhoneCard phone;
    private @Nullable Process process;
    private String page = "";
    private long sold;

    /** @param program bin/crema-edge of the unpacked archive */
    InstalledEdge(Path program, Path dataDir) {
        this.program = program;
        this.dataDir = dataDir;
        this.log = dataDir.resolveSibling(dataDir.getFileName() + ".log");
        var wallet = new Wallet(
                Samples.EMPLOYEE, Samples.PAYMENT, new MemoryWalletStore(), InstantSource.system(), new Random(7));
        var now = now();
        var badge = new Badge(
                Samples.CUSTOMER.address(),
                Samples.EMPLOYEE.address(),
                Badge.ALL_CHANNELS,
                Amount.MAX,
                1,
                now - YEAR,
                now + YEAR);
        wallet.join(Company.of(TypedData.sign(badge, Samples.PAYMENT, Samples.CUSTOMER)));
        phone = new PhoneCard(wallet);
    }

    /** Makes the machine and hands over its papers. */
    void init(String bootstrapServers, List<String> more) throws IOException, InterruptedException {
        var body = Files.writeString(dataDir.resolveSibling("body.json"), """
                {"adapter": "simulated", "products": [{"name": "Espresso", "grindSeconds": 0, "millilitres": 1}]}
                """);
        var arguments = new ArrayList<>(List.of(
                "init",
                "--serial=CM-1",
                "--manufacturer=" + Samples.MANUFACTURER.address(),
                "--data-dir=" + dataDir,
                "--secret-file=" + dataDir.resolveSibling("secret"),
                "--reader=" + Pcscd.READER,
                "--health-port=0",
                "--body=" + body,
                "--kafka=" + bootstrapServers));
        arguments.addAll(more);
        call(program, arguments);
        var papers = Files.writeString(dataDir.resolveSibling("papers.json"), papers());
        call(program, List.of("import", "--data-dir=" + dataDir, papers.toString()));
    }

    private String papers() throws IOException {
        var it = Office.provisioning();
        var now = now();
        var placement = new Placement(
                it.channel(), it.machine(), MachineInit.code(dataDir).machineKey(), it.token(), 6, now + YEAR);
        var prices = new TreeMap<>(java.util.Map.of(ProductId.named("Espresso"), Amount.of(1_500_000)));
        var tariff = new Tariff(it.machine(), 1, now - YEAR, new TariffItems(prices).root());
        return it.with(
                        it.deposited(),
                        it.challengePeriodMinutes(),
                        TypedData.sign(placement, Samples.PAYMENT, Samples.CUSTOMER),
                        List.of(new PricedTariff(
                                TypedData.sign(tariff, Samples.PAYMENT, Samples.MANUFACTURER), prices)),
                        it.productNames(),
                        it.epoch(),
                        it.signer())
                .toJson();
    }

    /** From now on it acts on chain after so many hours without the log. */
    void silenceHours(double hours) throws IOException {
        var file = dataDir.resolve("edge.json");
        var settings = (ObjectNode) JSON.readTree(file.toFile());
        settings.withObjectProperty("chain").put("silenceHours", hours);
        Files.writeString(file, settings.toString());
    }

    /**
     * Starts the machine.
     *
     * @param options more ones for its Java
     * @return nanoseconds until it would serve: with its papers read, its parts checked, its page answering
     */
    long start(String options) throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        var builder = new ProcessBuilder(program.toString(), "run", "--data-dir=" + dataDir)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("CREMA_EDGE_JAVA_OPTS", options);
        var begun = System.nanoTime();
        process = builder.start();
        page = awaitLog("ready machine=").replaceFirst(".*health=(\\S+).*", "$1");
        await("a machine that serves", it -> it.path("state").asText().equals("SERVING"));
        return System.nanoTime() - begun;
    }

    /** One cup: pressed, paid over the reader, poured, and in the log. */
    void sell(Pcscd pcscd) throws IOException, InterruptedException {
        sold++;
        var field = new InetSocketAddress(InetAddress.getLoopbackAddress(), pcscd.port());
        press();
        try (var held = new VpcdPhone(field, phone::process, phone::deactivated)) {
            Thread.startVirtualThread(() -> serve(held));
            await(
                    "cup %d in the log".formatted(sold),
                    it -> it.at("/receipts/newest").asLong() == sold
                            && it.at("/receipts/unpublished").asLong() == 0
                            && it.at("/lastTap/served").asBoolean());
        }
    }

    private static void serve(VpcdPhone held) {
        try {
            held.serve(() -> false);
        } catch (IOException takenAway) {
            // the tap is over
        }
    }

    private void press() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(page + "/press"))
                .POST(HttpRequest.BodyPublishers.ofString("Espresso"))
                .build();
        var status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 202) {
            throw new IOException(
                    "the button answered %d; the machine's log: %s".formatted(status, Files.readString(log)));
        }
    }

    private void await(String what, Predicate<JsonNode> condition) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var request = HttpRequest.newBuilder(URI.create(page + "/health")).build();
        while (!condition.test(JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body()))) {
            if (System.nanoTime() > deadline) {
                throw new IOException("not within %d s: %s; the machine's log: %s"
                        .formatted(PATIENCE.toSeconds(), what, Files.readString(log)));
            }
            Thread.sleep(2);
        }
    }

    /** The first line of its log that holds this text. */
    String awaitLog(String text) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && running().isAlive()) {
            for (var line : Files.exists(log) ? Files.readAllLines(log) : List.<String>of()) {
                if (line.contains(text)) {
                    return line;
                }
            }
            Thread.sleep(2);
        }
        throw new IOException("the machine never said '%s'; its log: %s".formatted(text, Files.readString(log)));
    }

    long residentKib() throws IOException {
        try (var lines =
                Files.lines(Path.of("/proc/%d/status".formatted(running().pid())))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    void stop() throws InterruptedException {
        running().destroy();
        if (!running().waitFor(10, TimeUnit.SECONDS)) {
            running().destroyForcibly().waitFor();
        }
    }

    private Process running() {
        return Objects.requireNonNull(process, "start it first");
    }

    /** Runs the program to its end. */
    static void call(Path program, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        var called = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(called.getInputStream().readAllBytes());
        if (called.waitFor() != 0) {
            throw new IOException("%s failed: %s".formatted(String.join(" ", command), said));
        }
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
