package io.crema.cli.rental;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.chain.deploy.Contracts;
import io.crema.cli.Crema;
import io.crema.cli.fleet.SendingKey;
import io.crema.cli.fleet.TestAccounts;
import io.crema.cli.onboarding.Onboarding;
import io.crema.cli.onboarding.Party;
import io.crema.cli.system.Environment;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Amount;
import io.crema.edge.provision.MachineInit;
import io.crema.edge.run.EdgeMain;
import io.crema.ingest.IngestConfig;
import io.crema.ingest.IngestService;
import io.crema.ingest.gateway.GatewayConfig;
import io.crema.platform.Anvil;
import io.crema.platform.ChildJvm;
import io.crema.platform.EmbeddedBroker;
import io.crema.platform.Pcscd;
import io.crema.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;

/**
 * A machine of one's own, as docs/edge.md tells it: initialised, claimed, offered, rented, placed, priced, and paid at by a
 * phone; it reaches the log through the gateway alone. Real chain, broker, gateway, pcscd; only the body is simulated.
 */
final class OneMachineIT {
    private static final int PARTITIONS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<SigningKey> accounts = TestAccounts.first(3);
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path dir;

    @Test
    void shouldServeOnceItsPartiesHaveSaidAllThatIsNeeded() throws Exception {
        Pcscd.missing().ifPresent(why -> assumeTrue(false, why));
        try (var chain = Anvil.builder().blockPerTransaction().start();
                var broker = EmbeddedBroker.builder(dir.resolve("kafka")).start();
                var pcscd = new Pcscd(Files.createDirectory(dir.resolve("pcscd")))) {
            pcscd.start();
            try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
                new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
            }
            deploy(chain);
            var environment = new Environment()
                    .kafka(broker.bootstrapServers(), PARTITIONS)
                    .chain(chain.rpcUrl(), Contracts.read(dir.resolve("contracts.json")), 1)
                    .set("CREMA_GATEWAY_PORT", 0)
                    .set("CREMA_GATEWAY_TRIAL", dir)
                    .shared();
            try (var ingest = new IngestService(
                    IngestConfig.fromEnvironment(environment), GatewayConfig.fromEnvironment(environment))) {
                ingest.start();
                var gateway = "https://localhost:" + ingest.gatewayPort().orElseThrow();
                rentAndServe(chain, gateway, pcscd);
            }
        } finally {
            http.close();
        }
    }

    private void rentAndServe(Anvil chain, String gateway, Pcscd pcscd) throws Exception {
        var machine = dir.resolve("machine");
        crema(
                "edge",
                "init",
                "--serial=CM-1",
                "--manufacturer=" + accounts.get(1).address(),
                "--data-dir=" + machine,
                "--secret-file=" + dir.resolve("secret"),
                "--contracts=" + dir.resolve("contracts.json"),
                "--reader=" + Pcscd.READER,
                "--health-port=0",
                "--gateway=" + gateway,
                "--gateway-servers=" + dir.resolve("gateway.crt"));
        var code = MachineInit.code(machine).text();
        try (var edge = ChildJvm.builder("machine", EdgeMain.class.getName())
                .args(List.of("run", "--data-dir=" + machine))
                .readyWhen(line -> line.contains("ready machine="))
                .output(log::add)
                .build()) {
            var page = edge.start().awaitReady(Duration.ofSeconds(30)).replaceFirst(".*health=(\\S+).*", "$1");
            awaitHealth(page, "it waits", it -> it.path("state").asText().equals("WAITING"));

            var onChain = List.of("--rpc-url=" + chain.rpcUrl(), "--contracts=" + dir.resolve("contracts.json"));
            var door = List.of("--gateway=" + gateway, "--gateway-servers=" + dir.resolve("gateway.crt"));
            crema(List.of("edge", "claim", code, "--test-account=1"), onChain, door);
            var offer = dir.resolve("offer.json").toString();
            crema(List.of("rental", "offer", "CM-1", "--out=" + offer, "--test-account=1"), onChain);
            var concluded =
                    crema(List.of("rental", "conclude", offer, "--deposit=20000000", "--test-account=2"), onChain);
            var index = concluded.replaceAll("(?s).*index +([0-9]+).*", "$1");
            crema(List.of("rental", "place", code, "--index=" + index, "--test-account=2"), onChain, door);
            var prices = Files.writeString(dir.resolve("prices.json"), "{\"Espresso\": \"1500000\"}");
            crema(List.of("rental", "price", "CM-1", prices.toString(), "--test-account=1"), onChain, door);
            awaitHealth(page, "it serves", it -> it.path("state").asText().equals("SERVING"));

            phone("init");
            phone("badge", "add", badge());
            press(page);
            assertThat(phone("tap", "--reader=127.0.0.1:" + pcscd.port())).contains("paid");
            awaitHealth(
                    page,
                    "the cup is in the log",
                    it -> it.at("/receipts/newest").asLong() == 1
                            && it.at("/receipts/unpublished").asLong() == 0
                            && it.at("/lastTap/served").asBoolean());

            var receipt = Files.writeString(dir.resolve("receipt.json"), get(page + "/receipt"));
            assertThat(crema(List.of(
                            "edge", "submit", receipt.toString(), "--test-account=0", "--rpc-url=" + chain.rpcUrl())))
                    .contains("total 1500000 is redeemed");
        }
    }

    @Test
    void shouldSayWhyAnOfferCannotBeConcluded() throws Exception {
        try (var chain = Anvil.builder().blockPerTransaction().start()) {
            deploy(chain);
            var onChain = List.of("--rpc-url=" + chain.rpcUrl(), "--contracts=" + dir.resolve("contracts.json"));
            var offer = dir.resolve("offer.json").toString();
            crema(
                    List.of(
                            "rental",
                            "offer",
                            "CM-0",
                            "--customer=" + accounts.get(2).address(),
                            "--min-deposit=5000000",
                            "--out=" + offer,
                            "--test-account=1"),
                    onChain);
            assertThat(refused(List.of("rental", "conclude", offer, "--deposit=1", "--test-account=2"), onChain))
                    .contains("at least 5000000, got 1");
            assertThat(refused(List.of("rental", "conclude", offer, "--deposit=9000000", "--test-account=0"), onChain))
                    .contains("the offer is for " + accounts.get(2).address());
            Files.writeString(dir.resolve("offer.json"), "{\"manufacturer\": 7}");
            assertThat(refused(List.of("rental", "conclude", offer, "--deposit=9000000", "--test-account=2"), onChain))
                    .contains("no 'manufacturer'");
        }
    }

    private void deploy(Anvil chain) throws Exception {
        crema("contracts", "deploy", "--out=" + dir, "--test-account=0", "--test-token", "--rpc-url=" + chain.rpcUrl());
        onboard(chain);
    }

    private void onboard(Anvil chain) throws IOException {
        var web3 = Web3j.build(new HttpService(chain.rpcUrl()));
        try {
            var customer = new Party("customer", accounts.get(2));
            var another = SigningKey.generate(RandomGenerator.of("L64X128MixRandom"));
            new Onboarding(web3, Contracts.read(dir.resolve("contracts.json")))
                    .join(
                            new Party("owner", accounts.getFirst()),
                            new Party("manufacturer", accounts.get(1)),
                            List.of(customer),
                            List.of(new Onboarding.Wish("CM-0", another, customer, Amount.of(50_000_000))));
        } finally {
            web3.shutdown();
        }
    }

    /** The customer's, for the phone in the wallet's folder. */
    private String badge() throws IOException {
        var contracts = Contracts.read(dir.resolve("contracts.json"));
        var files = SendingKey.in(Files.createDirectory(dir.resolve("company")), accounts.get(2));
        var employee = phone("show").replaceAll("(?s)^key +(\\S+).*", "$1");
        return crema(List.of(
                        "phone",
                        "badge",
                        "issue",
                        "--company-key=" + files.file(),
                        "--password-file=" + files.passwordFile(),
                        "--employee=" + employee,
                        "--max-total=500",
                        "--chain-id=" + contracts.chainId(),
                        "--payment-provider=" + contracts.paymentProvider(),
                        "--name=ACME",
                        "--symbol=EUR",
                        "--product=Espresso",
                        "--link"))
                .strip();
    }

    private String phone(String... arguments) {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        var all = new java.util.ArrayList<>(List.of("phone"));
        all.addAll(List.of(arguments));
        all.add("--home=" + dir.resolve("wallet"));
        Crema.commandLine().setOut(writer).setErr(writer).execute(all.toArray(String[]::new));
        return out.toString();
    }

    private static void crema(String... arguments) {
        crema(List.of(arguments));
    }

    @SafeVarargs
    private static String crema(List<String>... arguments) {
        var said = new StringWriter();
        assertThat(execute(said, arguments)).as(said::toString).isZero();
        return said.toString();
    }

    @SafeVarargs
    private static String refused(List<String>... arguments) {
        var said = new StringWriter();
        assertThat(execute(said, arguments)).as(said::toString).isEqualTo(1);
        return said.toString();
    }

    @SafeVarargs
    private static int execute(StringWriter said, List<String>... arguments) {
        var out = new PrintWriter(said, true);
        var all = java.util.Arrays.stream(arguments).flatMap(List::stream).toArray(String[]::new);
        return Crema.commandLine().setOut(out).setErr(out).execute(all);
    }

    private void press(String page) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(page + "/press"))
                .POST(HttpRequest.BodyPublishers.ofString("Espresso"))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(202);
    }

    private String get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void awaitHealth(String page, String what, Predicate<JsonNode> condition) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        var seen = JSON.readTree(get(page + "/health"));
        while (!condition.test(seen)) {
            assertThat(System.nanoTime())
                    .as("%s within 90 s; the health page says %s, the log %s", what, seen, log)
                    .isLessThan(deadline);
            Thread.sleep(20);
            seen = JSON.readTree(get(page + "/health"));
        }
    }
}
