package io.crema.edge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.crema.contracts.crypto.SelfSigned;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;
import io.crema.edge.Office;
import io.crema.edge.provision.ClaimCode;
import io.crema.edge.provision.MachineInit;
import io.crema.edge.world.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that nobody has claimed yet, at a gateway that lets it in by its certificate only. */
final class FreshMachineIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private final Office office = new Office();
    private final long now = Instant.now().getEpochSecond();
    private final CopyOnWriteArraySet<Hash> callers = new CopyOnWriteArraySet<>();
    private volatile boolean claimed;
    private volatile boolean placed;
    private HttpsServer gateway;
    private ClaimCode code;

    @BeforeEach
    void start() throws Exception {
        var random = new SecureRandom();
        var keys = SelfSigned.keys(random);
        var certificate = SelfSigned.certificate(
                keys, "gateway", List.of("127.0.0.1"), Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), random);
        Files.writeString(dir.resolve("gateway.pem"), SelfSigned.pem(certificate));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("gateway", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
        var managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), new TrustManager[] {new TakesAll()}, random);
        gateway = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        gateway.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        gateway.createContext("/", this::answer);
        gateway.start();
        code = init();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @Test
    void shouldWaitToBeClaimedAndPlacedAndThenServe() {
        var config = MachineConfig.read(dir.resolve("data"));
        try (var machine = new MachineRun(config, Map.of())) {
            machine.start();
            Await.until(() -> machine.downlinkTrouble().orElse("").contains("403"));
            assertThat(machine.serving()).isEmpty();

            claimed = true;
            Await.until(() -> machine.downlinkTrouble().orElse("").isEmpty());
            Await.until(() -> machine.trouble().contains("placement")
                    && !machine.trouble().contains("rental"));

            placed = true;
            Await.until(() -> machine.serving().isPresent());
            Await.until(() -> machine.serving().orElseThrow().host().statusUnlessBusy().stream()
                    .anyMatch(it -> it.serves() && it.block().isPresent()));
            assertThat(callers).containsExactly(code.certificate());
        }
        try (var again = new MachineRun(config, Map.of())) {
            again.start();
            assertThat(again.serving()).as("serves at once after a restart").isPresent();
        }
    }

    private ClaimCode init() throws IOException {
        var domains = office.domains;
        var contracts = Files.writeString(
                dir.resolve("contracts.env"),
                "CREMA_CHAIN_ID=%d\nCREMA_PAYMENT_PROVIDER=%s\nCREMA_RENTAL_PROVIDER=%s\nCREMA_MAINTENANCE_PROVIDER=%s\n"
                        .formatted(
                                domains.payment().chainId(),
                                domains.payment().verifyingContract(),
                                domains.rental().verifyingContract(),
                                domains.maintenance().verifyingContract()));
        var said = new StringWriter();
        var out = new PrintWriter(said);
        var done = EdgeMain.execute(
                List.of(
                        "init",
                        "--serial=CM-1",
                        "--manufacturer=" + office.manufacturer.address(),
                        "--data-dir=" + dir.resolve("data"),
                        "--contracts=" + contracts,
                        "--gateway=https://127.0.0.1:" + gateway.getAddress().getPort(),
                        "--gateway-servers=" + dir.resolve("gateway.pem")),
                Map.of(),
                out,
                out);
        assertThat(done).as(said::toString).isZero();
        return MachineInit.code(dir.resolve("data"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var caller =
                    (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
            callers.add(SelfSigned.fingerprint(caller));
            exchange.getRequestBody().readAllBytes();
            var answer = JSON.createObjectNode();
            if (claimed && exchange.getRequestURI().getPath().endsWith("/downlink")) {
                facts(answer);
            }
            var bytes = JSON.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(claimed ? 200 : 403, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void facts(ObjectNode answer) {
        answer.put("cursor", placed ? "2" : "1");
        var it = office.provisioning;
        var facts = answer.putArray("facts");
        facts.addObject()
                .put("kind", "block")
                .put("number", 5)
                .put("time", Instant.ofEpochSecond(now).toString());
        facts.addObject()
                .put("kind", "rental")
                .put("block", 1)
                .put("customer", it.customer().hex())
                .put("payee", it.payee().hex())
                .put("index", it.index());
        facts.addObject()
                .put("kind", "channel")
                .put("block", 2)
                .put("channel", it.channel().value().hex())
                .put("deposited", "1000000000")
                .put("redeemed", "0")
                .put("challengePeriodMinutes", 10_080);
        if (placed) {
            papers().forEach(facts::add);
        }
    }

    private List<ObjectNode> papers() {
        var it = office.provisioning;
        var placement = new Placement(it.channel(), it.machine(), code.machineKey(), it.token(), 6, now + 1_000_000);
        var priced = office.tariff(1, now - 1000, 1_500_000, 2_500_000);
        var tariff = JSON.createObjectNode()
                .put("kind", "tariff")
                .put("machine", it.machine().toString())
                .put("version", 1)
                .put("validFrom", now - 1000)
                .put("signature", priced.tariff().signature().hex());
        priced.prices()
                .forEach((product, price) -> tariff.withObject("/prices").put(product.toString(), price.toString()));
        tariff.putObject("names").put(Office.ESPRESSO.toString(), "Espresso");
        return List.of(
                tariff,
                JSON.createObjectNode()
                        .put("kind", "placement")
                        .put("channel", it.channel().value().hex())
                        .put("machine", it.machine().toString())
                        .put("machineKey", code.machineKey().hex())
                        .put("token", it.token().hex())
                        .put("decimals", 6)
                        .put("validUntil", now + 1_000_000)
                        .put(
                                "signature",
                                TypedData.sign(placement, office.domains.payment(), office.customer)
                                        .signature()
                                        .hex()));
    }

    /** As the gateway does: who a caller is, its claim tells, not TLS. */
    private static final class TakesAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
