package io.crema.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.Command;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.tap.TapProtocol;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.edge.journal.MemoryLog;
import io.crema.edge.node.Caps;
import io.crema.edge.node.EdgeNode;
import io.crema.edge.node.Knowledge;
import io.crema.edge.node.Ledger;
import io.crema.edge.node.NodeClock;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.world.SimulatedHardware;
import io.crema.phone.Company;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import io.crema.phone.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whole taps, byte for byte, as contracts/vectors/tap.json has them: made by both sides together, and checked with each
 * side alone. Run with -Dcrema.vectors.write=true to write the file anew.
 */
final class TapVectorsTest {
    private static final Path FILE = Path.of("../contracts/vectors/tap.json");
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** The first tap of a phone at a machine that has sold to a colleague; the same phone again; a stranger. */
    private static final List<String> TAPS = List.of("colleague", "first", "usual", "stranger");

    private record Exchange(byte[] command, byte[] response) {}

    /** One side or both, with random numbers of its own, so that each can be run alone. */
    private static final class World {
        final Office office = new Office();
        final Random machineRandom = new Random(1);
        final EdgeNode node = new EdgeNode(
                Knowledge.inMemory(() -> office.provisioning),
                office.machineKey,
                new Ledger(new MemoryLog(), office.channel),
                new SimulatedHardware(),
                NodeClock.told(() -> office.now),
                machineRandom,
                Caps.NONE);
        final SigningKey employee = SigningKey.generate(new Random(11));
        final SigningKey colleague = SigningKey.generate(new Random(12));
        final PhoneCard phone = phone(employee, 21);
        final PhoneCard other = phone(colleague, 22);
        final PhoneCard stranger = new PhoneCard(new Wallet(
                SigningKey.generate(new Random(13)),
                office.domains.payment(),
                new MemoryWalletStore(),
                () -> office.now,
                new Random(23)));

        private PhoneCard phone(SigningKey key, int seed) {
            var wallet = new Wallet(
                    key, office.domains.payment(), new MemoryWalletStore(), () -> office.now, new Random(seed));
            wallet.join(new Company(
                    office.customer.address(),
                    List.of(office.customer.address()),
                    Optional.of(TypedData.sign(office.badge(key), office.domains.payment(), office.customer))));
            return new PhoneCard(wallet);
        }

        PhoneCard phone(String tap) {
            return switch (tap) {
                case "colleague" -> other;
                case "stranger" -> stranger;
                default -> phone;
            };
        }

        TapOutcome press(int number, TapLink link) {
            office.now = Instant.ofEpochSecond(Office.START + 60L * number);
            var attempt = new byte[Hash.LENGTH];
            attempt[0] = (byte) (number + 1);
            return node.press(new Press(Office.ESPRESSO, Hash.of(attempt)), link);
        }
    }

    @Test
    void shouldMakeTheseTaps() throws IOException {
        var world = new World();
        var root = MAPPER.createObjectNode().put("version", "1");
        var keys = root.putObject("keys");
        key(keys, "customer", world.office.customer);
        key(keys, "employee", world.employee);
        key(keys, "colleague", world.colleague);
        key(keys, "machine", world.office.machineKey);
        key(keys, "manufacturer", world.office.manufacturer);
        var it = world.office.provisioning;
        root.put("chainId", String.valueOf(it.domains().payment().chainId()));
        root.put("paymentProvider", it.domains().payment().verifyingContract().hex());
        root.put("machine", it.machine().toString()).put("index", String.valueOf(it.index()));
        var taps = root.putArray("taps");
        for (var number = 0; number < TAPS.size(); number++) {
            var name = TAPS.get(number);
            var exchanges = new ArrayList<Exchange>();
            var outcome = world.press(number, apdu -> {
                var response = world.phone(name).process(apdu);
                exchanges.add(new Exchange(apdu, response));
                return response;
            });
            assertThat(outcome instanceof TapOutcome.Served).isEqualTo(!name.equals("stranger"));
            var tap = taps.addObject().put("name", name).put("time", String.valueOf(Office.START + 60L * number));
            var array = tap.putArray("exchanges");
            for (var exchange : exchanges) {
                array.addObject()
                        .put("step", step(exchange.command()))
                        .put("command", Hex.encode(exchange.command()))
                        .put("response", Hex.encode(exchange.response()));
            }
            within(name, exchanges);
        }
        var json = MAPPER.writeValueAsString(root) + "\n";
        if (Boolean.getBoolean("crema.vectors.write")) {
            Files.writeString(FILE, json);
        }
        assertThat(Files.readString(FILE))
                .as("contracts/vectors/tap.json; a deliberate change is written with -Dcrema.vectors.write=true")
                .isEqualTo(json);
    }

    @Test
    void shouldSayTheSameWithTheMachineAlone() throws IOException {
        var world = new World();
        var number = 0;
        for (var tap : MAPPER.readTree(FILE.toFile()).get("taps")) {
            var script = exchanges(tap);
            var at = new int[1];
            world.press(number++, apdu -> {
                if (at[0] >= script.size()) {
                    throw new TapLostException("the machine says more than the vector");
                }
                var exchange = script.get(at[0]++);
                assertThat(Hex.encode(apdu)).isEqualTo(Hex.encode(exchange.command()));
                return exchange.response();
            });
            assertThat(at[0]).isEqualTo(script.size());
        }
    }

    @Test
    void shouldSayTheSameWithThePhoneAlone() throws IOException {
        var world = new World();
        var number = 0;
        for (var tap : MAPPER.readTree(FILE.toFile()).get("taps")) {
            world.office.now = Instant.ofEpochSecond(Office.START + 60L * number++);
            var phone = world.phone(tap.get("name").textValue());
            for (var exchange : exchanges(tap)) {
                assertThat(Hex.encode(phone.process(exchange.command()))).isEqualTo(Hex.encode(exchange.response()));
            }
        }
    }

    /** Bytes and commands of a tap, and the time on the radio that docs/protocol.md derives from them. */
    private static void within(String name, List<Exchange> exchanges) {
        var bytes = 0;
        var frames = 0;
        for (var exchange : exchanges) {
            assertThat(exchange.command().length).isLessThanOrEqualTo(5 + TapProtocol.MOST_DATA + 1);
            assertThat(exchange.response().length).isLessThanOrEqualTo(TapProtocol.MOST_DATA + 2);
            for (var length : List.of(exchange.command().length, exchange.response().length)) {
                // ISO-DEP with frames of 64 bytes: 61 of ours, and 3 for PCB and CRC; each but the last is acknowledged
                var blocks = Math.ceilDiv(length, 61);
                frames += 2 * blocks - 1;
                bytes += length + 3 * (2 * blocks - 1);
            }
        }
        var radio = bytes * 9 * 1000L / 106_000;
        System.out.printf(
                "tap %-9s %2d APDUs, %4d bytes and %2d frames on the air, %3d ms of radio%n",
                name, exchanges.size(), bytes, frames, radio);
        assertThat(exchanges).hasSizeLessThanOrEqualTo(16);
        assertThat(radio).as("milliseconds at 106 kbit/s").isLessThanOrEqualTo(300);
    }

    private static List<Exchange> exchanges(JsonNode tap) {
        var exchanges = new ArrayList<Exchange>();
        tap.get("exchanges")
                .forEach(node -> exchanges.add(new Exchange(
                        Hex.decode("command", node.get("command").textValue()),
                        Hex.decode("response", node.get("response").textValue()))));
        return exchanges;
    }

    private static String step(byte[] apdu) {
        var command = Command.decode(apdu).orElseThrow();
        return switch (command.ins()) {
            case TapProtocol.SELECT -> "SELECT";
            case TapProtocol.HELLO -> "HELLO";
            case TapProtocol.PROVE -> "PROVE";
            case TapProtocol.PUT -> "PUT";
            case TapProtocol.SIGN -> "SIGN";
            case TapProtocol.COMMIT -> "COMMIT";
            default -> "GET RESPONSE";
        };
    }

    private static void key(ObjectNode keys, String name, SigningKey key) {
        keys.putObject(name).put("address", key.address().hex()).put("privateKey", Hex.encode(key.privateKey()));
    }
}
