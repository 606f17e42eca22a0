package io.crema.ingest.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.value.Address;
import io.crema.events.MachineClaimed;
import io.crema.ingest.gateway.fold.Book;
import io.crema.ingest.gateway.log.Following;
import io.crema.ingest.gateway.log.LogAwayException;
import io.crema.ingest.gateway.log.LogWriter;
import io.crema.schemas.convert.Convert;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTPS server: up, down, hand in. Thread-safe. */
public final class GatewayServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);
    private static final int MOST_HAND_IN_BYTES = 256 * 1024;
    private static final int MOST_BODIES_OF_A_MACHINE = 8;
    private static final int MOST_HAND_INS = 64;
    private static final long MOST_WAIT_SECONDS = 55;
    private static final long READ_BACK_MILLIS = 10_000;
    private static final long IDLE_MILLIS = 75_000;
    private static final int MOST_CONNECTIONS = 20_000;

    private final Following following;
    private final LogWriter writer;
    private final DownlinkApi downlink;
    private final HandIn handIn;
    private final InstantSource clock;
    private final Rates machines;
    private final Rates others;
    private final Bodies events;
    private final Bodies handedIn;
    private final ReentrantLock handingIn = new ReentrantLock(true);
    private final Javalin server;

    /** Checks what is handed in against the book, or throws a {@link Problem}. */
    @FunctionalInterface
    private interface Check {
        Optional<HandIn.Accepted> accept(Fields body, Book book);
    }

    /** @param port 0 takes any free one */
    public GatewayServer(
            String host,
            int port,
            SSLContext tls,
            Domains domains,
            Following following,
            LogWriter writer,
            InstantSource clock) {
        this.following = following;
        this.writer = writer;
        this.clock = clock;
        this.downlink = new DownlinkApi(following);
        this.handIn = new HandIn(domains);
        this.machines = new Rates(20, 100, System::nanoTime);
        this.others = new Rates(5, 50, System::nanoTime);
        this.events = new Bodies(Uplink.MOST_BYTES, MOST_BODIES_OF_A_MACHINE, System::nanoTime);
        this.handedIn = new Bodies(MOST_HAND_IN_BYTES, MOST_HAND_INS, System::nanoTime);
        this.server = Javalin.create(config -> configure(config, host, port, tls));
    }

    /** @throws IllegalArgumentException when certificate and key do not serve; see {@link Tls} */
    public static SSLContext tls(String certificate, String key) {
        return Tls.context(certificate, key);
    }

    public void start() {
        server.start();
    }

    public int port() {
        return ((ServerConnector) server.jettyServer().server().getConnectors()[0]).getLocalPort();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void configure(JavalinConfig config, String host, int port, SSLContext tls) {
        config.startup.showJavalinBanner = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.maxRequestSize = Uplink.MOST_BYTES;
        config.concurrency.useVirtualThreads = true;
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(0));
        config.jetty.addConnector((jetty, http) -> connector(jetty, http, host, port, tls));
        var routes = config.routes;
        routes.get("/v1/health", this::health);
        routes.get("/v1/openapi.yaml", GatewayServer::description);
        routes.post("/v1/events", this::events);
        routes.get("/v1/machines/{machine}/downlink", this::downlink);
        routes.put("/v1/machines/{machine}/claim", context -> {
            var machine = Uplink.machine(context.pathParam("machine"));
            take(context, (body, book) -> handIn.claim(machine, body, book));
        });
        routes.put("/v1/machines/{machine}/tariff", context -> {
            var machine = Uplink.machine(context.pathParam("machine"));
            take(context, (body, book) -> handIn.tariff(machine, body, book));
        });
        routes.put("/v1/machines/{machine}/placement", context -> {
            var machine = Uplink.machine(context.pathParam("machine"));
            take(context, (body, book) -> handIn.placement(machine, body, book));
        });
        routes.put("/v1/customers/{customer}/revocations", context -> {
            var customer = customer(context.pathParam("customer"));
            take(context, (body, book) -> handIn.revocations(customer, body, book));
        });
        routes.exception(Problem.class, GatewayServer::answer);
        routes.exception(LogAwayException.class, (e, context) -> {
            log.warn("not written path={}: {}", context.path(), e.getMessage());
            answer(Problem.away("the log does not answer in time; send the same again in a moment"), context);
        });
        routes.exception(Exception.class, (e, context) -> {
            log.error("request failed path={}", context.path(), e);
            answer(Problem.away("the answer could not be made; see the gateway's log"), context);
        });
        routes.error(404, context -> {
            if (!String.valueOf(context.res().getContentType()).startsWith("application/problem")) {
                answer(Problem.unknown("there is nothing at this path; see /v1/openapi.yaml"), context);
            }
        });
    }

    private static Connector connector(Server jetty, HttpConfiguration http, String host, int port, SSLContext tls) {
        var customizer = new SecureRequestCustomizer();
        customizer.setSniHostCheck(false);
        http.addCustomizer(customizer);
        http.setSendServerVersion(false);
        var factory = new SslContextFactory.Server();
        factory.setSslContext(tls);
        factory.setWantClientAuth(true);
        var connector = new ServerConnector(
                jetty, new SslConnectionFactory(factory, "http/1.1"), new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        jetty.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        return connector;
    }

    private void health(Context context) {
        var json = Fields.JSON.createObjectNode().put("ready", following.book().isPresent());
        json(context.status(following.book().isPresent() ? 200 : 503), json);
    }

    private void events(Context context) throws IOException {
        var sender = caller(context);
        if (!String.valueOf(context.contentType()).startsWith(Uplink.CONTENT_TYPE)) {
            throw Problem.otherMediaType("send " + Uplink.CONTENT_TYPE);
        }
        var body = body(context, events, Convert.machine(sender.getMachine()).toString());
        var entries = Uplink.entries(body, sender);
        writer.write(entries);
        json(context, Fields.JSON.createObjectNode().put("taken", entries.size()));
    }

    private void downlink(Context context) throws InterruptedException {
        var machine = Uplink.machine(context.pathParam("machine"));
        var caller = caller(context);
        if (!machine.value().equals(Convert.hash(caller.getMachine()))) {
            throw Problem.stranger("this certificate is another machine's");
        }
        var text = Optional.ofNullable(context.queryParam("wait")).orElse("0");
        if (!text.matches("[0-9]{1,6}")) {
            throw Problem.wrong("wait is whole seconds");
        }
        var wait = Math.min(MOST_WAIT_SECONDS, Long.parseLong(text));
        var after = Optional.ofNullable(context.queryParam("after")).orElse("");
        json(context, downlink.facts(machine, after, wait * 1000));
    }

    /** One after the other, each on what the one before has left in the log. */
    private void take(Context context, Check check) throws IOException, InterruptedException {
        others.take(context.ip());
        // all together: strangers hand in, and have as many addresses as they like
        var body = Fields.of(body(context, handedIn, ""));
        handingIn.lock();
        try {
            var accepted = check.accept(body, book());
            if (accepted.isPresent()) {
                var it = accepted.get();
                var written = writer.write(List.of(
                        LogWriter.Entry.of(it.topic(), it.key(), it.record(), it.id(), "/gateway", clock.instant())));
                following.awaitPosition(
                        new TopicPartition(written.topic(), written.partition()), written.offset(), READ_BACK_MILLIS);
                log.info("taken id={}", it.id());
            }
            json(context, Fields.JSON.createObjectNode().put("new", accepted.isPresent()));
        } finally {
            handingIn.unlock();
        }
    }

    /** The machine whose certificate the caller has. */
    private MachineClaimed caller(Context context) {
        var fingerprint = Tls.fingerprint(context.req().getAttribute(Tls.PEER))
                .orElseThrow(() -> Problem.stranger("machines call with their certificate; this call has none"));
        machines.take(fingerprint.hex());
        var book = book();
        return book.machineWith(fingerprint)
                .flatMap(book::claim)
                .orElseThrow(() ->
                        Problem.stranger("certificate %s is no machine's; its manufacturer claims the machine first"
                                .formatted(fingerprint)));
    }

    private Book book() {
        return following
                .book()
                .orElseThrow(() -> Problem.away("the gateway is still reading the log; ask again in a moment"));
    }

    private static Address customer(String text) {
        try {
            return Address.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw Problem.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] body(Context context, Bodies bodies, String caller) throws IOException {
        try (var in = context.req().getInputStream()) {
            return bodies.read(caller, in);
        }
    }

    private static void description(Context context) throws IOException {
        try (var in = GatewayServer.class.getResourceAsStream("/gateway-openapi.yaml")) {
            if (in == null) {
                throw new IOException("gateway-openapi.yaml is missing on the class path");
            }
            context.contentType("application/yaml").result(in.readAllBytes());
        }
    }

    private static void answer(Problem problem, Context context) {
        problem.retrySeconds().ifPresent(seconds -> context.header("Retry-After", Integer.toString(seconds)));
        var json = Fields.JSON
                .createObjectNode()
                .put("type", "about:blank")
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail());
        json(context.status(problem.status()), json);
        context.contentType("application/problem+json");
    }

    private static void json(Context context, com.fasterxml.jackson.databind.JsonNode json) {
        try {
            context.contentType("application/json").result(Fields.JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always writable", e);
        }
    }
}
