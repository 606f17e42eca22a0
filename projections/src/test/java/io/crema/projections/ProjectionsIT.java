package io.crema.projections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.events.TransactionStage;
import io.crema.platform.EmbeddedBroker;
import io.crema.platform.EmbeddedPostgres;
import io.crema.projections.store.Database;
import io.crema.projections.store.Digest;
import io.crema.schemas.topic.Topic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real broker and database. The tests build on each other's log. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProjectionsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MACHINE = "COF-0001";
    private static final String CHANNEL = "channel one";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path folder;

    static EmbeddedBroker broker;
    static EmbeddedPostgres postgres;
    static Fleet fleet;
    static ProjectionsConfig config;
    static ProjectionsService service;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.builder(folder.resolve("broker")).start();
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        fleet = new Fleet(broker.bootstrapServers());
        var directory = folder.resolve("directory.json");
        Files.writeString(directory, """
                {"machines": {"%s": {"serial": "COF-0001", "site": "Kitchen, 2nd floor", "model": "Crema One"}},
                 "accounts": {"%s": "Acme"}, "products": {"%s": "Espresso"}, "token": {"symbol": "EUR", "decimals": 2}}
                """.formatted(
                        hex(Fleet.id(MACHINE).bytes()), hex(Fleet.CUSTOMER.bytes()), hex(Fleet.PRODUCT.bytes())));
        Files.writeString(folder.resolve("contracts.json"), """
                {"paymentProvider": "0x%s", "chainId": 31337, "deploymentBlock": 2, "deployment": {"quorum": 1}}
                """.formatted("ab".repeat(20)));
        Files.createDirectories(folder.resolve("abi"));
        Files.writeString(folder.resolve("abi/PaymentProvider.json"), "[{\"name\": \"redeemMany\"}]");
        config = ProjectionsConfig.local(broker.bootstrapServers(), postgres.jdbcUrl())
                .withDirectory(directory)
                .withContracts(folder.resolve("contracts.json"));
        service = new ProjectionsService(config);
        service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
        fleet.close();
        postgres.close();
        broker.close();
    }

    @Test
    @Order(1)
    void shouldShowAFleetFromItsLog() throws Exception {
        var now = Instant.now();
        fleet.commit(() -> {
            fleet.rent(MACHINE, CHANNEL);
            fleet.rent("COF-0002", "channel two");
            for (var cup = 1; cup <= 5; cup++) {
                fleet.sell(MACHINE, CHANNEL, cup, 150, now);
            }
            fleet.hour(MACHINE, Fleet.NOON, 4, 600);
            fleet.hour(MACHINE, Fleet.NOON, 5, 750);
            fleet.twin(MACHINE, 1, 93.5, now);
            fleet.fault("COF-0002", "fault one");
            fleet.intent(CHANNEL, 5, 750);
            fleet.transaction(CHANNEL, 750, 3, TransactionStage.PREPARED);
            fleet.transaction(CHANNEL, 750, 3, TransactionStage.SENT);
            fleet.refused(MACHINE);
            fleet.checkpoint(7);
        });
        fleet.abort(() -> fleet.sell(MACHINE, CHANNEL, 6, 150, now));
        await(() -> get("/api/quarantine").path("items").size() == 1
                && get("/api/overview").path("cups").asInt() == 5);

        var overview = get("/api/overview");
        assertThat(overview.path("revenue").asText()).isEqualTo("750");
        assertThat(overview.path("today").path("cups").asInt()).isEqualTo(5);
        assertThat(overview.path("machines").path("serving").asInt()).isEqualTo(1);
        assertThat(overview.path("minutes")).hasSize(60);
        var machine = get("/api/machines/" + hex(Fleet.id(MACHINE).bytes()));
        assertThat(machine.path("label").asText()).isEqualTo("COF-0001");
        assertThat(machine.path("state").asText()).isEqualTo("serving");
        assertThat(machine.path("customer").path("name").asText()).isEqualTo("Acme");
        assertThat(machine.path("readings").get(0).path("value").asDouble()).isEqualTo(93.5);
        assertThat(machine.path("hours").get(0).path("cups").asInt()).isEqualTo(5);
        assertThat(machine.path("sales")).hasSize(5);
        var redemption = get("/api/redemptions").path("items").get(0);
        assertThat(redemption.path("status").asText()).isEqualTo("pending");
        assertThat(redemption.path("stage").asText()).isEqualTo("sent");
        assertThat(get("/api/services").path("items").get(0).path("status").asText())
                .isEqualTo("opened");
        assertThat(get("/api/problems").path("items").findValuesAsText("kind")).contains("quarantined", "faultOpen");
    }

    @Test
    @Order(2)
    void shouldTurnAPendingRedemptionIntoAConfirmedOneAndBackAfterAReorg() throws Exception {
        fleet.commit(() -> {
            fleet.transaction(CHANNEL, 750, 3, TransactionStage.CONFIRMED);
            fleet.redeemed(CHANNEL, 5, 750);
            fleet.balance(MACHINE, CHANNEL, 5, 750, 750, "", 0);
            fleet.cleared("COF-0002", "fault one");
        });
        await(() -> get("/api/redemptions?status=confirmed").path("items").size() == 1);
        var paid = get("/api/redemptions").path("items");
        assertThat(paid).hasSize(1);
        assertThat(paid.get(0).path("amount").asText()).isEqualTo("750");
        assertThat(paid.get(0).path("gasUsed").asLong()).isEqualTo(61_000);
        assertThat(paid.get(0).path("feeWei").asText()).isEqualTo("61000000427000");
        assertThat(paid.get(0).path("id").asText())
                .isEqualTo(hex(Fleet.id("intent " + CHANNEL + 750).bytes()));
        await(() -> get("/api/services")
                .path("items")
                .get(0)
                .path("status")
                .asText()
                .equals("cleared"));

        fleet.commit(() -> fleet.reversed(CHANNEL, 750));
        await(() -> get("/api/redemptions?status=confirmed").path("items").isEmpty());
        assertThat(get("/api/redemptions").path("items").get(0).path("status").asText())
                .isEqualTo("pending");
        fleet.commit(() -> fleet.redeemed(CHANNEL, 5, 750));
        await(() -> get("/api/redemptions?status=confirmed").path("items").size() == 1);
    }

    @Test
    @Order(3)
    void shouldTellWhereTheContractsAreAndWhatTheyUnderstand() throws Exception {
        var contracts = get("/api/contracts");
        assertThat(contracts.path("chainId").asLong()).isEqualTo(31337);
        assertThat(contracts.path("items")).singleElement().satisfies(contract -> {
            assertThat(contract.path("name").asText()).isEqualTo("PaymentProvider");
            assertThat(contract.path("address").asText()).isEqualTo("0x" + "ab".repeat(20));
            assertThat(contract.path("abi").asBoolean()).isTrue();
        });
        assertThat(get("/api/contracts/PaymentProvider/abi")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("redeemMany");
        assertThat(status("/api/contracts/..%2Fcontracts/abi")).isEqualTo(404);
    }

    @Test
    @Order(3)
    void shouldAnswerAsItsDescriptionSays() throws Exception {
        var description = new Description(HTTP.send(
                        HttpRequest.newBuilder(service.address().resolve("/openapi.yaml"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        for (var path : description.paths()) {
            if (path.startsWith("/api/") && !path.equals("/api/stream")) {
                var real = path.replace(
                                "/channels/{id}",
                                "/channels/" + hex(Fleet.id(CHANNEL).bytes()))
                        .replace("{id}", hex(Fleet.id(MACHINE).bytes()))
                        .replace("{name}", "PaymentProvider")
                        .replace("{address}", hex(Fleet.CUSTOMER.bytes()));
                assertThat(description.faults(path, get(real))).as(real).isEmpty();
            }
        }
        var refused = HTTP.send(
                HttpRequest.newBuilder(service.address().resolve("/api/machines/0x12"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(JSON.readTree(refused.body()).path("value").asText()).isEqualTo("0x12");
        assertThat(status("/api/machines/" + hex(new byte[32]))).isEqualTo(404);
        assertThat(status("/api/sales?limit=0")).isEqualTo(400);
        assertThat(status("/api/sales?cursor=nonsense")).isEqualTo(400);
        assertThat(status("/api/nothing")).isEqualTo(404);
    }

    @Test
    @Order(4)
    void shouldPageWithoutGapOrRepeat() throws Exception {
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = get("/api/sales?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("items").forEach(sale -> seen.add(sale.path("sequence").asText()));
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        assertThat(seen).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
        for (var list :
                List.of("machines", "channels", "customers", "redemptions", "transactions", "services", "quarantine")) {
            var first = get("/api/" + list + "?limit=1");
            if (!first.path("next").isNull()) {
                assertThat(get("/api/" + list + "?limit=1&cursor="
                                        + first.path("next").asText())
                                .path("items"))
                        .as(list)
                        .hasSize(1)
                        .isNotEqualTo(first.path("items"));
            }
        }
    }

    @Test
    @Order(5)
    void shouldWaitForAPositionAndSayWhenItDoesNotCome() throws Exception {
        var position = HTTP.send(
                        HttpRequest.newBuilder(service.address().resolve("/api/overview"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Crema-Position")
                .orElseThrow();
        assertThat(status("/api/sales?after=" + position)).isEqualTo(200);
        assertThat(status("/api/sales?after=r999999")).isEqualTo(503);
        assertThat(status("/api/sales?after=zzz")).isEqualTo(400);
    }

    @Test
    @Order(6)
    void shouldResumeTheStreamWhereItWasLeft() throws Exception {
        String left;
        try (var stream = new Events(service.address(), "")) {
            assertThat(stream.await("overview").data().path("cups").asInt()).isEqualTo(5);
            fleet.commit(() -> fleet.sell(MACHINE, CHANNEL, 6, 150, Instant.now()));
            var sale = stream.await("sale");
            assertThat(sale.data().path("sequence").asInt()).isEqualTo(6);
            assertThat(stream.await("balance").data().path("newestSequence").asInt())
                    .isZero();
            left = stream.await("overview").id();
        }
        fleet.commit(() -> {
            fleet.sell(MACHINE, CHANNEL, 7, 150, Instant.now());
            fleet.sell(MACHINE, CHANNEL, 8, 150, Instant.now());
        });
        service.close();
        service = new ProjectionsService(config);
        service.start();
        await(() -> get("/api/overview").path("cups").asInt() == 8);
        try (var stream = new Events(service.address(), left)) {
            assertThat(stream.await("sale").data().path("sequence").asInt()).isEqualTo(7);
            assertThat(stream.await("sale").data().path("sequence").asInt()).isEqualTo(8);
        }
    }

    @Test
    @Order(7)
    void shouldKeepGoingPastARecordThatItCannotRead() throws Exception {
        fleet.commit(() -> {
            fleet.write(Topic.RECEIPTS, Fleet.id(CHANNEL).bytes(), new byte[] {9, 9});
            fleet.sell(MACHINE, CHANNEL, 9, 150, Instant.now());
        });
        await(() -> get("/api/overview").path("cups").asInt() == 9);
        assertThat(get("/api/problems").path("items").findValuesAsText("kind")).contains("unreadable");
    }

    @Test
    @Order(8)
    void shouldBeIdenticalRowForRowWhenRebuilt() throws Exception {
        fleet.commit(() -> {
            for (var cup = 10; cup <= 2_000; cup++) {
                fleet.sell(MACHINE, CHANNEL, cup, 150, Fleet.NOON.plusSeconds(cup * 600L));
                fleet.sell("COF-0002", "channel two", cup - 9, 120, Fleet.NOON.plusSeconds(cup * 60L));
            }
        });
        await(() -> get("/api/overview").path("cups").asInt() == 2_000 + 1_991);
        var before = digest();
        var result = service.rebuild();
        assertThat(result.differences()).isEmpty();
        assertThat(result.identical()).isTrue();
        assertThat(digest()).isEqualTo(before);

        fleet.commit(() -> fleet.sell(MACHINE, CHANNEL, 2_001, 150, Instant.now()));
        await(() -> get("/api/overview").path("cups").asInt() == 2_001 + 1_991);
        assertThat(get("/api/health").path("state").asText()).isNotEqualTo("stuck");
    }

    static Digest digest() throws Exception {
        try (var database = new Database(postgres.jdbcUrl(), "crema", 1)) {
            return database.read(connection -> Digest.of(connection, "crema"));
        }
    }

    static JsonNode get(String path) {
        try {
            var response = HTTP.send(
                    HttpRequest.newBuilder(service.address().resolve(path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(path + ": " + response.body()).isIn(200, 503);
            return JSON.readTree(response.body());
        } catch (Exception e) {
            throw new IllegalStateException(path, e);
        }
    }

    static int status(String path) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(service.address() + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    static String hex(byte[] bytes) {
        return io.crema.contracts.value.Hex.encode(bytes);
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(
                        "not within 30 s; overview " + get("/api/overview") + " health " + get("/api/health"));
            }
            Thread.sleep(50);
        }
    }
}
