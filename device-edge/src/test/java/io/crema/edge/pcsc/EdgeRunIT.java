package io.crema.edge.pcsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.edge.Office;
import io.crema.edge.Provisioning;
import io.crema.edge.PublishedReceipts;
import io.crema.edge.provision.ClaimCode;
import io.crema.edge.provision.MachineInit;
import io.crema.edge.run.EdgeMain;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import io.crema.platform.EmbeddedBroker;
import io.crema.platform.Pcscd;
import io.crema.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole machine as its own process: true pcscd, a wallet in its field, a real broker; only the body is simulated. */
final class EdgeRunIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private final Office office = new Office();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int healthPort = freePort();
    private @Nullable Process edge;

    @AfterEach
    void stop() {
        http.close();
        if (edge != null) {
            edge.destroyForcibly();
        }
    }

    @Test
    void shouldServeFromInitOnAndAgainAfterAKill() throws Exception {
        Pcscd.missing().ifPresent(why -> assumeTrue(false, why));
        try (var pcscd = new Pcscd(dir);
                var broker = EmbeddedBroker.builder(dir.resolve("kafka")).start()) {
            pcscd.start();
            try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
                new TopicCatalogue(4, (short) 1).create(admin);
            }
            var code = init(broker.bootstrapServers());
            start();
            health("it waits", it -> it.path("state").asText().equals("WAITING"));
            provision(code);
            health("it serves", it -> it.path("state").asText().equals("SERVING"));
            describeItself();
            var wallet = new PhoneCard(office.wallet(employee, new MemoryWalletStore(), badge()));

            press("Espresso");
            sell(pcscd, wallet, 1);

            process().destroyForcibly().waitFor();
            start();
            health("it serves again", it -> it.path("state").asText().equals("SERVING"));
            try (var _ = VirtualPhone.hold(pcscd.port(), wallet)) {
                press("Espresso"); // this time after the phone is there
                served(2);
            }

            var receipts = published(broker, code);
            assertThat(receipts)
                    .extracting(it -> it.receipt().content().sequence())
                    .containsExactly(1L, 2L);
            assertThat(receipts.getLast().receipt().content().total()).isEqualTo(Amount.of(3_000_000));
            process().destroy();
            assertThat(process().waitFor(5, TimeUnit.SECONDS))
                    .as("ended within 5 s")
                    .isTrue();
        }
    }

    private final SigningKey employee = SigningKey.generate(office.random);

    private ClaimCode init(String bootstrapServers) throws IOException {
        var body = Files.writeString(dir.resolve("body.json"), """
                {"adapter": "simulated", "products": [{"name": "Espresso", "grindSeconds": 0, "millilitres": 1}]}
                """);
        call(
                "init",
                "--serial=CM-1",
                "--manufacturer=" + office.manufacturer.address(),
                "--data-dir=" + dir.resolve("data"),
                "--secret-file=" + dir.resolve("secret"),
                "--reader=" + Pcscd.READER,
                "--body=" + body,
                "--health-port=" + healthPort,
                "--kafka=" + bootstrapServers);
        return MachineInit.code(dir.resolve("data"));
    }

    /** What the customer and the manufacturer say, handed over as a file. */
    private void provision(ClaimCode code) throws IOException {
        office.now = Instant.now();
        var now = office.now.getEpochSecond();
        var it = office.provisioning;
        var placement = new Placement(it.channel(), it.machine(), code.machineKey(), it.token(), 6, now + 1_000_000);
        Provisioning ours = it.with(
                it.deposited(),
                it.challengePeriodMinutes(),
                TypedData.sign(placement, office.domains.payment(), office.customer),
                List.of(office.tariff(1, now - 1000, 1_500_000, 2_500_000)),
                it.productNames(),
                it.epoch(),
                it.signer());
        var file = Files.writeString(dir.resolve("provisioning.json"), ours.toJson());
        call("import", "--data-dir=" + dir.resolve("data"), file.toString());
    }

    private Badge badge() {
        var now = office.now.getEpochSecond();
        return new Badge(
                office.customer.address(),
                employee.address(),
                Badge.ALL_CHANNELS,
                Amount.of(1_000_000_000),
                1,
                now - 1000,
                now + 1_000_000);
    }

    private void sell(Pcscd pcscd, PhoneCard wallet, int sequence) throws Exception {
        try (var _ = VirtualPhone.hold(pcscd.port(), wallet)) {
            served(sequence);
        }
    }

    private void served(int sequence) throws Exception {
        health(
                "receipt %d is poured and published".formatted(sequence),
                it -> it.at("/lastTap/served").asBoolean()
                        && it.at("/receipts/newest").asLong() == sequence
                        && it.at("/receipts/unpublished").asLong() == 0);
    }

    private static void call(String... arguments) {
        var said = new StringWriter();
        var out = new PrintWriter(said);
        assertThat(EdgeMain.execute(List.of(arguments), Map.of(), out, out))
                .as(said::toString)
                .isZero();
    }

    private void start() throws IOException {
        edge = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx48m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.crema.edge.run.EdgeMain",
                        "run",
                        "--data-dir",
                        dir.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(dir.resolve("edge.log").toFile()))
                .start();
    }

    private Process process() {
        return Objects.requireNonNull(edge);
    }

    private void press(String product) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(page("/press"))
                .POST(HttpRequest.BodyPublishers.ofString(product))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(202);
    }

    /** As a Thing whose readings can be read. */
    private void describeItself() throws Exception {
        var thing = JSON.readTree(get(page("/thing")));
        assertThat(thing.path("id").asText()).isEqualTo("urn:crema:machine:CM-1");
        var boiler = thing.at("/properties/BoilerTempCoffee");
        assertThat(boiler.path("unit").asText()).isEqualTo("Cel");
        var form = URI.create(thing.path("base").asText())
                .resolve(boiler.at("/forms/0/href").asText());
        assertThat(JSON.readTree(get(form)).doubleValue()).isBetween(92.0, 94.0);
    }

    private String get(URI page) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void health(String what, Predicate<JsonNode> condition) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        JsonNode seen = JSON.createObjectNode();
        while (System.nanoTime() < deadline) {
            try {
                var request = HttpRequest.newBuilder(page("/health")).build();
                seen = JSON.readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
                if (condition.test(seen)) {
                    return;
                }
            } catch (IOException e) {
                // it is still starting
            }
            Thread.sleep(20);
        }
        throw new AssertionError("not within 30 s: %s; the health page says %s, the log %s"
                .formatted(what, seen, Files.readString(dir.resolve("edge.log"))));
    }

    private URI page(String path) {
        return URI.create("http://127.0.0.1:" + healthPort + path);
    }

    private List<SignedReceipt> published(EmbeddedBroker broker, ClaimCode code) {
        assertThat(code.machine()).isEqualTo(office.machine);
        return PublishedReceipts.of(office.channel, broker, 4);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
