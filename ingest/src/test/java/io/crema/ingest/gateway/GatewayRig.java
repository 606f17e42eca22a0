package io.crema.ingest.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.typed.Claim;
import io.crema.contracts.typed.Signed;
import io.crema.edge.Provisioning.PricedTariff;
import io.crema.edge.gateway.GatewayClient;
import io.crema.edge.gateway.HandIn;
import io.crema.edge.gateway.TlsIdentity;
import io.crema.platform.EmbeddedBroker;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.topic.TopicCatalogue;
import io.crema.schemas.wire.RecordCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker, a gateway that may be killed, and callers. */
final class GatewayRig implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    final Town town = new Town();
    final EmbeddedBroker broker;
    private final Path folder;
    private final KafkaProducer<byte[], byte[]> chain;
    private final Description description = new Description();
    private GatewayConfig config;
    private @Nullable Gateway gateway;

    record Answer(int status, JsonNode body) {
        String detail() {
            return body.path("detail").asText();
        }
    }

    GatewayRig(Path folder) throws Exception {
        this.folder = folder;
        broker = EmbeddedBroker.builder(folder.resolve("kafka")).start();
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCatalogue(PARTITIONS, (short) 1).create(admin);
        }
        chain = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "ingest"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        chain.initTransactions();
        config = GatewayConfig.trial(folder.resolve("tls"));
    }

    /** Starts it on the port that it had before. */
    Gateway start() throws InterruptedException {
        var fresh = new Gateway(config, broker.bootstrapServers(), town.domains, InstantSource.system());
        gateway = fresh;
        config = config.withPort(fresh.port());
        var deadline = System.nanoTime() + 30_000_000_000L;
        while (!fresh.ready()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the gateway is not ready within 30 s");
            }
            Thread.sleep(10);
        }
        return fresh;
    }

    void kill() {
        if (gateway != null) {
            gateway.close();
        }
        gateway = null;
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + config.port());
    }

    Path serverCertificate() {
        return config.certificate();
    }

    GatewayClient client(TlsIdentity identity) throws IOException {
        return new GatewayClient(address(), identity, TlsIdentity.certificates(Files.readString(serverCertificate())));
    }

    HandIn handIn() throws IOException {
        return new HandIn(address(), TlsIdentity.certificates(Files.readString(serverCertificate())));
    }

    /** What ingest writes, in transactions as it does. */
    void write(Topic topic, byte[] key, SpecificRecord record) {
        chain.beginTransaction();
        var _ = chain.send(new ProducerRecord<>(
                topic.topicName(), key, RecordCodec.perThread().encode(topic, record)));
        chain.commitTransaction();
    }

    void channel(SpecificRecord event) {
        write(Topic.CHAIN_CHANNELS, town.channel.bytes(), event);
    }

    void checkpoint(long block) {
        write(Topic.CHAIN_CHECKPOINTS, Town.address(1).bytes(), town.checkpoint(block));
    }

    /** Manufacturer onboarded, machine rented, up to block 5. */
    void rent(long deposited) {
        write(Topic.CHAIN_PARTIES, town.manufacturer.address().bytes(), town.onboarded(1));
        channel(town.opened(5, deposited));
        write(Topic.CHAIN_AGREEMENTS, town.rental.bytes(), town.concluded(5, deposited));
        checkpoint(5);
    }

    ObjectNode claimJson(Signed<Claim> claim) {
        return JSON.createObjectNode()
                .put("manufacturer", town.manufacturer.address().hex())
                .put("serialNumber", town.serial)
                .put("machineKey", claim.content().machineKey().hex())
                .put("certificate", claim.content().certificate().hex())
                .put("version", claim.content().version())
                .put("signature", claim.signature().hex());
    }

    Answer claim(Signed<Claim> claim) throws Exception {
        return put("/v1/machines/%s/claim".formatted(town.machine), claimJson(claim));
    }

    Answer tariff(PricedTariff priced) throws Exception {
        var json = JSON.createObjectNode()
                .put("version", priced.tariff().content().version())
                .put("validFrom", priced.tariff().content().validFrom())
                .put("signature", priced.tariff().signature().hex());
        var prices = json.putObject("prices");
        priced.prices().forEach((product, price) -> prices.put(product.toString(), price.toString()));
        json.putObject("names").put(Town.ESPRESSO.toString(), "Espresso");
        return put("/v1/machines/%s/tariff".formatted(town.machine), json);
    }

    Answer put(String path, JsonNode body) throws Exception {
        return call(
                HttpRequest.newBuilder(address().resolve(path))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                null);
    }

    Answer post(String path, String contentType, byte[] body, @Nullable TlsIdentity as) throws Exception {
        return call(
                HttpRequest.newBuilder(address().resolve(path))
                        .header("content-type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                as);
    }

    Answer get(String path, @Nullable TlsIdentity as) throws Exception {
        return call(HttpRequest.newBuilder(address().resolve(path)).GET().build(), as);
    }

    private Answer call(HttpRequest request, @Nullable TlsIdentity as) throws Exception {
        try (var http = HttpClient.newBuilder().sslContext(tls(as)).build()) {
            var answer = http.send(request, BodyHandlers.ofByteArray());
            var body = JSON.readTree(answer.body());
            description.check(request, answer.statusCode(), body);
            return new Answer(answer.statusCode(), body);
        }
    }

    /** Plain JSSE with the gateway's certificate as authority: its name counts here. */
    private SSLContext tls(@Nullable TlsIdentity as) throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "gateway",
                TlsIdentity.certificates(Files.readString(serverCertificate())).getFirst());
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (as != null) {
            own.setKeyEntry(
                    "own", as.key(), new char[0], as.chain().toArray(java.security.cert.X509Certificate[]::new));
        }
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        kill();
        chain.close();
        broker.close();
    }
}
