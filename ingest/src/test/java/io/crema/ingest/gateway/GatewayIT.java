package io.crema.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.edge.gateway.Downlink;
import io.crema.edge.gateway.FileCursor;
import io.crema.edge.gateway.GatewayDownlink;
import io.crema.edge.gateway.GatewayException;
import io.crema.edge.gateway.GatewayLog;
import io.crema.edge.journal.Position;
import io.crema.edge.node.Fact;
import io.crema.edge.publish.Parcel;
import io.crema.events.Bytes64;
import io.crema.events.TelemetryBatchRecord;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One town's story, in order; the gateway is killed now and then. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class GatewayIT {
    private static final Duration AT_ONCE = Duration.ZERO;

    @TempDir
    static Path dir;

    private static GatewayRig rig;
    private static Town town;

    @BeforeAll
    static void start() throws Exception {
        rig = new GatewayRig(dir);
        town = rig.town;
        rig.rent(3_000_000);
        rig.start();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    @Order(1)
    void shouldKnowNoMachineBeforeItsManufacturerClaimsIt() throws Exception {
        var path = "/v1/machines/%s/downlink".formatted(town.machine);
        assertThat(rig.get(path, town.identity).status()).isEqualTo(403);
        assertThat(rig.get(path, town.identity).detail()).contains("its manufacturer claims the machine first");
        assertThat(rig.get(path, null).detail()).contains("this call has none");
        assertThat(rig.claim(town.claim(1, town.identity, town.customer)).status())
                .isEqualTo(422);
        assertThat(rig.claim(town.claim(1, town.identity, town.manufacturer)).status())
                .isEqualTo(200);
        assertThat(rig.claim(town.claim(1, town.identity, town.manufacturer))
                        .body()
                        .path("new")
                        .asBoolean())
                .isFalse();
        assertThat(rig.get(path, town.identity).status()).isEqualTo(200);
        assertThat(rig.get(path, Town.identity("CM-1")).status()).isEqualTo(403);
        assertThat(rig.get("/v1/machines/%s/downlink".formatted(Hash.ZERO), town.identity)
                        .status())
                .isEqualTo(403);
    }

    @Test
    @Order(2)
    void shouldTakeOnlyWhatItsPartySigned() throws Exception {
        assertThat(rig.tariff(town.tariff(1, 1_500_000, town.customer)).status())
                .isEqualTo(422);
        assertThat(rig.tariff(town.tariff(1, 1_500_000, town.manufacturer)).status())
                .isEqualTo(200);
        assertThat(rig.tariff(town.tariff(3, 1_400_000, town.manufacturer)).status())
                .isEqualTo(200);
        assertThat(rig.tariff(town.tariff(2, 1, town.manufacturer)).detail()).contains("higher version");
        assertThat(rig.tariff(town.tariff(3, 1, town.manufacturer)).status()).isEqualTo(409);
        assertThat(rig.claim(town.claim(1, Town.identity("CM-1"), town.manufacturer))
                        .status())
                .isEqualTo(409);
        var list = new Revocations(town.customer.address(), 1, 1, Revocations.list(List.of(Hash.ZERO)));
        var revoked = TypedData.sign(list, town.domains.payment(), town.customer);
        try (var handIn = rig.handIn()) {
            assertThat(handIn.placement(town.placement(Town.START + 200_000_000)))
                    .isTrue();
            assertThat(handIn.placement(town.placement(Town.START + 200_000_000)))
                    .isFalse();
            Assertions.assertThatThrownBy(() -> handIn.placement(town.placement(Town.START)))
                    .hasMessageContaining("hold longer");
            Assertions.assertThatThrownBy(() -> handIn.revocations(revoked, List.of()))
                    .hasMessageContaining("answered 422");
            assertThat(handIn.revocations(revoked, List.of(Hash.ZERO))).isTrue();
        }
        var nothing = new ObjectMapper().createObjectNode();
        assertThat(rig.put("/v1/nothing", nothing).status()).isEqualTo(404);
        assertThat(rig.put("/v1/customers/%s/revocations".formatted(town.customer.address()), nothing)
                        .detail())
                .contains("badges has to be an array");
    }

    @Test
    @Order(3)
    void shouldTellAMachineWhatItDoesNotKnowAndGoOnAfterARestart() throws Exception {
        var learnt = new ArrayList<Fact>();
        try (var client = rig.client(town.identity)) {
            var port = new GatewayDownlink(client, town.machine);
            var cursor = new FileCursor(dir.resolve("cursor"));
            new Downlink(port, cursor, learnt::add).step(AT_ONCE);
            assertThat(learnt)
                    .hasExactlyElementsOfTypes(
                            Fact.Rented.class,
                            Fact.ChannelStanding.class,
                            Fact.CustomerStanding.class,
                            Fact.Placed.class,
                            Fact.Priced.class,
                            Fact.Priced.class,
                            Fact.Revoked.class,
                            Fact.Block.class);
            assertThat(learnt)
                    .contains(
                            new Fact.Rented(5, town.customer.address(), town.manufacturer.address(), 7),
                            new Fact.ChannelStanding(
                                    5, town.channel, Amount.of(3_000_000), Amount.ZERO, 4320, Optional.empty(), false),
                            new Fact.Block(5, Town.blockTime(5)));
            learnt.clear();
            rig.kill();
            Assertions.assertThatThrownBy(() -> new Downlink(port, cursor, learnt::add).step(AT_ONCE))
                    .isInstanceOf(java.io.IOException.class);
            rig.start();
            new Downlink(port, cursor, learnt::add).step(AT_ONCE);
            assertThat(learnt).containsExactly(new Fact.Block(5, Town.blockTime(5)));
            learnt.clear();
            rig.channel(town.toppedUp(6, 1, 3_000_001));
            rig.channel(town.closeRequested(7));
            rig.write(Topic.CHAIN_PARTIES, town.customer.address().bytes(), town.epoch(7, 2));
            rig.checkpoint(7);
            var downlink = new Downlink(port, cursor, learnt::add);
            while (learnt.stream().noneMatch(new Fact.Block(7, Town.blockTime(7))::equals)) {
                downlink.step(Duration.ofSeconds(1));
            }
            downlink.step(AT_ONCE);
            assertThat(learnt)
                    .contains(new Fact.ChannelStanding(
                            7,
                            town.channel,
                            Amount.of(3_000_001),
                            Amount.ZERO,
                            4320,
                            Optional.of(Town.blockTime(7).plusSeconds(259_200)),
                            false))
                    .anyMatch(fact -> fact instanceof Fact.CustomerStanding it && it.epoch() == 2);
        }
    }

    @Test
    @Order(4)
    void shouldTakeBackWhatAReorgTookBack() throws Exception {
        var learnt = new ArrayList<Fact>();
        try (var client = rig.client(town.identity)) {
            var downlink = new Downlink(
                    new GatewayDownlink(client, town.machine), new FileCursor(dir.resolve("other")), learnt::add);
            var toppedUp = town.toppedUp(9, 1_000_000, 4_000_001);
            rig.channel(toppedUp);
            rig.checkpoint(9);
            while (deposits(learnt).stream().noneMatch(Amount.of(4_000_001)::equals)) {
                downlink.step(Duration.ofSeconds(1));
            }
            rig.channel(town.reversed(toppedUp));
            rig.checkpoint(8);
            rig.checkpoint(10);
            while (!deposits(learnt).getLast().equals(Amount.of(3_000_001))) {
                downlink.step(Duration.ofSeconds(1));
            }
            assertThat(learnt.stream()
                            .filter(Fact.ChannelStanding.class::isInstance)
                            .map(Fact.ChannelStanding.class::cast)
                            .toList()
                            .getLast()
                            .block())
                    .isGreaterThanOrEqualTo(9);
        }
    }

    @Test
    @Order(5)
    void shouldRefuseAtTheDoorWhatIsNoRecord() throws Exception {
        var type = "application/cloudevents-batch+json";
        assertThat(rig.post("/v1/events", type, bytes("[]"), null).status()).isEqualTo(403);
        assertThat(rig.post("/v1/events", "text/plain", bytes("[]"), town.identity)
                        .status())
                .isEqualTo(415);
        assertThat(rig.post("/v1/events", type, bytes("[]"), town.identity).detail())
                .contains("1 to 64 CloudEvents");
        var event = """
                [{"specversion":"1.0","id":"x","source":"/edge/CM-1","type":"io.crema.events.ReceiptRun",\
                "time":"2026-01-01T00:00:00Z","data_base64":"%s"}]""";
        var garbled = rig.post("/v1/events", type, bytes(event.formatted("AAAAAAE=")), town.identity);
        assertThat(garbled.status()).isEqualTo(400);
        assertThat(garbled.detail()).contains("event 0: data_base64 is no record");
        var large = "A".repeat(400 * 1024);
        assertThat(rig.post("/v1/events", type, bytes(event.formatted(large)), town.identity)
                        .status())
                .isEqualTo(413);
    }

    @Test
    @Order(6)
    void shouldTellMachinesWhyItRefusesThem() throws Exception {
        try (var client = rig.client(Town.identity("CM-1"))) {
            var port = new GatewayDownlink(client, town.machine);
            Assertions.assertThatThrownBy(() -> port.facts("", AT_ONCE))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("answered 403")
                    .hasMessageContaining("claims the machine first");
        }
    }

    @Test
    @Order(7)
    void shouldLetOneThatIsRefusedHoldUpOnlyThoseBehindIt() throws Exception {
        try (var client = rig.client(town.identity);
                var log = new GatewayLog(client)) {
            var before = telemetry(town.machine.value(), 1);
            var foreign = telemetry(Hash.ZERO, 2);
            var behind = telemetry(town.machine.value(), 3);
            assertThat(sent(log, before, before, foreign)).startsWith(true).endsWith(false);
            assertThat(sent(log, before, foreign)).containsExactly(true, false);
            assertThat(sent(log, behind)).containsExactly(true);
        }
    }

    private static List<Boolean> sent(GatewayLog log, Parcel... parcels) {
        var sent = Stream.of(parcels)
                .map(parcel -> log.send(parcel, "/edge/CM-1").toCompletableFuture())
                .toList();
        return sent.stream()
                .map(it -> it.handle((_, failure) -> failure == null).join())
                .toList();
    }

    private static Parcel telemetry(Hash machine, long sequence) {
        var record = new TelemetryBatchRecord(
                Convert.bytes32(machine),
                sequence,
                Convert.bytes32(Hash.ZERO),
                ByteBuffer.allocate(1),
                new Bytes64(new byte[64]));
        return new Parcel(
                Topic.EDGE_TELEMETRY, machine.bytes(), record, "id-" + sequence, Instant.EPOCH, Position.START, 1);
    }

    private static List<Amount> deposits(List<Fact> facts) {
        return facts.stream()
                .filter(Fact.ChannelStanding.class::isInstance)
                .map(fact -> ((Fact.ChannelStanding) fact).deposited())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
