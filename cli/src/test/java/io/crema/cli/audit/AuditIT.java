package io.crema.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.crema.cli.Crema;
import io.crema.contracts.value.Amount;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.Origin;
import io.crema.events.ReceiptAccepted;
import io.crema.events.RedeemRequested;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits a system on its real parts: running, at rest, and with a log that somebody has doctored. */
class AuditIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DEPOSIT = 2_000_000;

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // made before each test
    private SmallSystem system;

    private record Ended(int code, String out, String err) {
        JsonNode json() throws IOException {
            assertThat(out).as(err).startsWith("{");
            return JSON.readTree(out);
        }

        /** The differences that name the invariant. */
        List<String> differences(int invariant) throws IOException {
            return StreamSupport.stream(json().path("differences").spliterator(), false)
                    .filter(difference -> difference.path("invariant").asInt() == invariant)
                    .map(JsonNode::toString)
                    .toList();
        }
    }

    @BeforeEach
    void start() throws Exception {
        system = new SmallSystem(folder, 3, DEPOSIT);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void shouldAgreeWhileEverythingMovesAndSignWhatItFound() throws Exception {
        var selling = new AtomicBoolean(true);
        var machines = Thread.ofVirtual().start(() -> {
            while (selling.get() && system.customer(0).head().sequence() < 4_000) {
                for (var customer : system.customers()) {
                    system.send(Topic.EDGE_RECEIPTS, customer.key(), customer.sell(4, 100));
                }
            }
        });
        for (var i = 0; i < 5; i++) {
            var running = audit("--json");
            assertThat(running.code()).as(running.out() + running.err()).isZero();
        }
        selling.set(false);
        machines.join();
        for (var customer : system.customers()) {
            system.awaitBalance(
                    customer, row -> row.getReceipts() == customer.head().sequence());
        }
        var before = audit("--json").json();
        assertThat(before.at("/counts/receiptsAccepted").asLong())
                .isEqualTo(system.customers().stream()
                        .mapToLong(c -> c.head().sequence())
                        .sum());
        assertThat(before.at("/sums/deposited").asText()).isEqualTo(Long.toString(3 * DEPOSIT));

        redeemAll();

        var text = audit();
        assertThat(text.code()).as(text.out()).isZero();
        assertThat(text.out()).contains("Log and chain agree at block").contains("none is missing");
        var signed = audit(
                "--json",
                "--sign-with",
                system.sendingKey().file().toString(),
                "--password-file",
                system.sendingKey().passwordFile().toString());
        assertThat(signed.json().at("/summary/sums/redeemed").asText())
                .isEqualTo(signed.json().at("/summary/sums/accepted").asText())
                .isNotEqualTo("0");
        var file = Files.writeString(folder.resolve("audit.json"), signed.out());
        assertThat(crema("audit", "check", file.toString()).code()).isZero();
        Files.writeString(file, signed.out().replace("\"owed\" : \"", "\"owed\" : \"1"));
        assertThat(crema("audit", "check", file.toString()).code()).isEqualTo(1);

        var then = audit("--json", "--block", before.path("block").asText()).json();
        assertThat(then.path("agrees").asBoolean()).as(then.toString()).isTrue();
        assertThat(then.at("/sums/redeemed")).isEqualTo(before.at("/sums/redeemed"));
        assertThat(then.at("/pending").toString()).contains("chain events after the block");
        var tooFar = audit("--block", "1000000");
        assertThat(tooFar.code()).isEqualTo(3);
        assertThat(tooFar.err()).contains("the log reaches block");
        assertThat(audit("--block", "-1").code()).isEqualTo(2);
    }

    @Test
    void shouldNameEachRecordThatSomebodyDoctored() throws Exception {
        var lied = system.customer(0);
        var invented = system.customer(1);
        var lost = system.customer(2);
        for (var customer : system.customers()) {
            system.send(Topic.EDGE_RECEIPTS, customer.key(), customer.sell(5, 100));
            system.awaitBalance(customer, row -> row.getReceipts() == 5);
        }
        redeemAll();
        system.stopServices();
        assertThat(audit().code()).isZero();

        var opened = system.newest(Topic.CHAIN_CHANNELS, lost.key(), ChannelOpened.class, e -> true)
                .orElseThrow();
        var payee = Convert.address(opened.getPayee());
        system.send(Topic.EDGE_RECEIPTS, lost.key(), lost.sell(1, 100));
        system.callFolded(Topic.EDGE_RECEIPTS);
        var vanished = audit("--json");
        assertThat(vanished.code()).isEqualTo(1);
        assertThat(vanished.differences(6)).singleElement().asString().contains(lost.channel() + "");

        var wrongTotal = lied.accepted(lied.next(100, ""), payee);
        var told = lied.head().total().plus(Amount.of(101));
        var offset = system.send(Topic.RECEIPTS, lied.key(), withTotal(wrongTotal, told));
        var total = audit("--json");
        assertThat(total.differences(3))
                .singleElement()
                .asString()
                .contains(lied.channel() + "", "receipt 6", "total 601", "make 600", "offset " + offset);

        system.send(Topic.RECEIPTS, invented.key(), invented.accepted(invented.next(100, ""), payee));
        var unpublished = audit("--json");
        assertThat(unpublished.differences(3))
                .hasSize(2)
                .anySatisfy(line ->
                        assertThat(line).contains(invented.channel() + "", "receipt 6", "no machine published it"));

        var redeemed = system.newest(Topic.CHAIN_CHANNELS, lied.key(), ChannelRedeemed.class, e -> true)
                .orElseThrow();
        redeemed = ChannelRedeemed.newBuilder(redeemed)
                .setSequence(9)
                .setTotal(BigDecimal.valueOf(700))
                .setRedeemed(BigDecimal.valueOf(900))
                .setOrigin(Origin.newBuilder(redeemed.getOrigin())
                        .setLogIndex(redeemed.getOrigin().getLogIndex() + 1)
                        .build())
                .build();
        system.send(Topic.CHAIN_CHANNELS, lied.key(), redeemed);
        var above = audit("--json");
        assertThat(above.differences(1))
                .anySatisfy(line -> assertThat(line).contains(lied.channel() + "", "redeemed 900 by a receipt of 700"));
        assertThat(above.differences(7))
                .anySatisfy(line -> assertThat(line).contains("900 of 2000000", "the chain says 500 of 2000000"));
        assertThat(audit().out()).contains("do not agree", "redeemed 900 by a receipt of 700", "record:");
    }

    @Test
    void shouldTellAChainThatLiesFromOneThatDoesNotAnswer() throws Exception {
        var customer = system.customer(0);
        system.send(Topic.EDGE_RECEIPTS, customer.key(), customer.sell(5, 100));
        system.awaitBalance(customer, row -> row.getReceipts() == 5);
        var deposit = "%064x".formatted(DEPOSIT);
        var lie = "%064x".formatted(DEPOSIT - 1);
        var fails = new AtomicBoolean();
        var proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var http = HttpClient.newHttpClient();
        proxy.createContext("/", exchange -> {
            try (exchange) {
                var question = exchange.getRequestBody().readAllBytes();
                var answer = http.send(
                        HttpRequest.newBuilder(URI.create(system.rpcUrl()))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                var isCall = new String(question, StandardCharsets.UTF_8).contains("eth_call");
                var bytes = answer.body().replaceFirst(deposit, lie).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(isCall && fails.get() ? 503 : 200, bytes.length);
                exchange.getResponseBody().write(bytes);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        proxy.start();
        try {
            var url = "http://127.0.0.1:" + proxy.getAddress().getPort();
            var environment = system.environmentFile(url).toString();
            var lies = crema("audit", "--json", "--env-file", environment);
            assertThat(lies.code()).as(lies.err()).isEqualTo(1);
            assertThat(lies.differences(7)).singleElement().asString().contains("0 of 1999999", "0 of 2000000");
            fails.set(true);
            var silent = crema("audit", "--env-file", environment);
            assertThat(silent.code()).isEqualTo(3);
            assertThat(silent.err()).contains("the chain cannot be read");
        } finally {
            proxy.stop(0);
            http.close();
        }
    }

    private void redeemAll() throws InterruptedException {
        for (var customer : system.customers()) {
            system.send(
                    Topic.CHANNEL_COMMANDS,
                    customer.key(),
                    new RedeemRequested(Convert.bytes32(customer.channel()), "a test", Instant.now()));
        }
        for (var customer : system.customers()) {
            system.awaitBalance(customer, row -> row.getRedeemed().compareTo(row.getAccepted()) == 0);
        }
    }

    private static ReceiptAccepted withTotal(ReceiptAccepted accepted, Amount total) {
        return ReceiptAccepted.newBuilder(accepted)
                .setTotal(Convert.decimal(total))
                .build();
    }

    private Ended audit(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("audit", "--env-file", system.environmentFile().toString()));
        arguments.addAll(List.of(more));
        return crema(arguments.toArray(String[]::new));
    }

    private static Ended crema(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Crema.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Ended(code, out.toString(), err.toString());
    }
}
