package io.crema.edge.run;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.TapLink;
import io.crema.edge.Links;
import io.crema.edge.Provisioning;
import io.crema.edge.body.Bodies;
import io.crema.edge.body.Body;
import io.crema.edge.chain.OwnNode;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.gateway.CursorStore;
import io.crema.edge.gateway.Downlink;
import io.crema.edge.gateway.DownlinkRunner;
import io.crema.edge.gateway.FileCursor;
import io.crema.edge.journal.FileLog;
import io.crema.edge.node.Fact;
import io.crema.edge.node.HardwareAwayException;
import io.crema.edge.node.Learned;
import io.crema.edge.node.NodeClock;
import io.crema.edge.pcsc.PhoneReader;
import io.crema.edge.provision.ClientCertificate;
import io.crema.edge.provision.Commissioning;
import io.crema.edge.provision.ImportCheck;
import io.crema.edge.provision.KeyFile;
import io.crema.edge.provision.ProvisionException;
import io.crema.edge.provision.Secret;
import io.crema.edge.runner.MachineHost;
import io.crema.edge.runner.PublisherLoop;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One machine on real parts: reader, body, node, log and downlink. A machine that was never placed waits for the facts that
 * tell it all, or for a file, and then serves without a restart. It may be killed at any moment. Thread-safe.
 */
public final class MachineRun implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MachineRun.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofMillis(4500);

    private final MachineConfig config;
    private final MachineFolder folder;
    private final SigningKey key;
    private final Optional<SigningKey> account;
    private final NodeClock clock;
    private final SecureRandom random = new SecureRandom();
    private final Body body;
    private final Presses presses;
    private final Links links;
    private final WatchedLog out;
    private final PhoneReader reader;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Commissioning commissioning;
    private @Nullable DownlinkRunner downlink;
    private volatile @Nullable Serving serving;
    private volatile String trouble = "";

    /** What there is once the machine knows whom it serves. */
    record Serving(
            MachineHost host, PublisherLoop publisher, Till till, Counter counter, Optional<OnItsOwn> onItsOwn) {}

    /**
     * Opens everything that is this machine's own; calls nobody yet.
     *
     * @param environment of the process: systemd's credentials are found by it
     * @throws ProvisionException when keys or settings are not usable
     * @throws IllegalStateException when the body is not
     */
    public MachineRun(MachineConfig config, Map<String, String> environment) {
        this.config = config;
        this.folder = new MachineFolder(config.dataDir());
        var secret = Secret.find(environment, config.secretFile());
        this.key = KeyFile.open(config.keyFile(), secret);
        this.account = config.chain().map(it -> KeyFile.open(it.account(), secret));
        this.clock = new SystemClock(config.batteryClock());
        // Kafka's client and the body take the longest: they come up side by side
        var opening = new FutureTask<>(() -> Links.open(config.links(), file -> ClientCertificate.open(file, secret)));
        Thread.ofPlatform().name("opening-links").start(opening);
        this.body = Bodies.open(config.body(), config.dataDir().resolve("body"));
        this.links = await(opening);
        this.out = new WatchedLog(links.log(), clock);
        this.presses = new Presses(body.buttons());
        this.reader = new PhoneReader(config.reader(), config.readerPatience(), this::tapped);
    }

    private static Links await(FutureTask<Links> opening) {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
    }

    /** Begins to serve, or to wait for what is missing. */
    public synchronized void start() {
        if (!openIfProvisioned()) {
            commissioning = config.contracts()
                    .map(it -> new Commissioning(config.serial(), config.manufacturer(), key.address(), it))
                    .orElse(null);
            show(waiting());
            log.info("{}", waiting());
        }
        listen();
        reader.start();
        Thread.ofVirtual().name("ticker").start(this::tick);
    }

    /** The press of a button that is no hardware, for bodies without any. */
    Presses presses() {
        return presses;
    }

    MachineConfig config() {
        return config;
    }

    Body body() {
        return body;
    }

    NodeClock clock() {
        return clock;
    }

    PhoneReader.Status reader() {
        return reader.status();
    }

    WatchedLog out() {
        return out;
    }

    /** What is there once the machine serves. */
    Optional<Serving> serving() {
        return Optional.ofNullable(serving);
    }

    /** Why nothing is learnt from the gateway; empty while it answers, or where there is none. */
    Optional<String> downlinkTrouble() {
        var runner = downlink;
        return runner == null ? Optional.empty() : Optional.of(runner.trouble());
    }

    /** What keeps the machine from serving at all, for people; empty when it serves by its node's own judgement. */
    String trouble() {
        return serving != null ? "" : trouble.isEmpty() ? waiting() : trouble;
    }

    private String waiting() {
        var open = commissioning;
        if (open == null) {
            return "The machine waits for its provisioning: edge.json names no contracts, so it must come as a file, with"
                    + " 'crema edge import'.";
        }
        synchronized (this) {
            return open.missing();
        }
    }

    /** Until the machine serves, all is told again after a restart: what it learnt is only in memory. */
    private void listen() {
        CursorStore cursor = serving == null
                ? new CursorStore() {
                    @Override
                    public String read() {
                        return "";
                    }

                    @Override
                    public void keep(String unused) {}
                }
                : new FileCursor(config.dataDir().resolve("downlink.cursor"));
        downlink = links.downlink(config.machine())
                .map(port -> new DownlinkRunner(new Downlink(port, cursor, this::learn), config.serial()))
                .orElse(null);
    }

    private void learn(Fact fact) {
        var open = serving;
        if (open != null) {
            var learned = open.host().learn(fact);
            if (learned.result() == Learned.Result.REFUSED) {
                log.warn("a fact was refused: {}", learned.sentence());
            } else if (learned.result() == Learned.Result.TAKEN && !(fact instanceof Fact.Block)) {
                log.info("learnt: {}", learned.sentence());
            }
            return;
        }
        synchronized (this) {
            var gathering = commissioning;
            if (gathering != null && serving == null) {
                gathering.learn(fact);
                gathering.complete().ifPresent(it -> {
                    folder.write(it);
                    log.info("placed channel={} customer={}", it.channel(), it.customer());
                });
            }
        }
    }

    private void tick() {
        try {
            while (!stopped.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                tickOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tickOnce() {
        var open = serving;
        if (open == null) {
            begin();
            return;
        }
        try {
            open.host().tick();
        } catch (HardwareAwayException e) {
            log.warn("the body does not answer: {}", e.getMessage());
        } catch (UncheckedIOException e) {
            log.error("the disk does not take what the machine writes: {}", e.getMessage());
        } catch (IllegalStateException e) {
            log.debug("stopped: {}", e.getMessage());
        }
    }

    /** Serves as soon as the provisioning is there, from wherever it came; from then on facts are kept. */
    private synchronized void begin() {
        if (stopped.getCount() > 0 && openIfProvisioned()) {
            var before = downlink;
            if (before != null) {
                before.close();
            }
            listen();
        }
    }

    private boolean openIfProvisioned() {
        if (!Files.exists(config.dataDir().resolve("provisioning.json"))) {
            return false;
        }
        try {
            var it = folder.read();
            var faults =
                    ImportCheck.faults(it, config.serial(), config.manufacturer(), key.address(), config.contracts());
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", faults));
            }
            var host = new MachineHost(
                    folder, key, config.formerKeys(), body, clock, config.caps(), config.telemetry(), random);
            var publisher = new PublisherLoop(host, out);
            var till = new Till(host, publisher, clock);
            var counter = new Counter(till, presses, config.press(), random);
            host.tick();
            serving = new Serving(host, publisher, till, counter, onItsOwn(it, host));
            counter.start();
            trouble = "";
            log.info("serving machine={} channel={}", it.serial(), it.channel());
            return true;
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            var now = "The machine is out of service: " + e.getMessage();
            if (!now.equals(trouble)) {
                log.error("{}", now);
                show(now);
            }
            trouble = now;
            return false;
        }
    }

    private Optional<OnItsOwn> onItsOwn(Provisioning it, MachineHost host) {
        return config.chain()
                .flatMap(chain -> account.map(payer -> {
                    var journal = FileLog.open(config.dataDir().resolve("account"), "account's journal");
                    var settlement = OwnNode.settlement(
                            chain.rpcUrl(), OnItsOwn.policy(chain.silence()), it.domains(), key, payer, journal);
                    return new OnItsOwn(settlement, host, out, clock);
                }));
    }

    private void tapped(TapLink link) {
        var open = serving;
        if (open == null) {
            show(trouble());
        } else {
            open.counter().tapped(link);
        }
    }

    private void show(String sentence) {
        try {
            body.show(sentence);
        } catch (HardwareAwayException e) {
            log.warn("the screen does not answer: {}", e.getMessage());
        }
    }

    /**
     * Ends within five seconds. A cup that is under way has its receipt in the journal, and the next start asks the body
     * what became of it.
     */
    @Override
    public void close() {
        stopped.countDown();
        var closing = Thread.ofPlatform().name("closing").daemon().start(this::closeAll);
        try {
            if (!closing.join(CLOSING)) {
                log.warn("ended in the middle of something; the journal knows where to go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        var open = serving;
        var listening = downlink;
        if (open != null) {
            open.counter().close();
        }
        presses.close();
        var quiet = Thread.ofVirtual().start(reader::close);
        if (listening != null) {
            listening.close();
        }
        if (open != null) {
            open.publisher().close();
            open.onItsOwn().ifPresent(OnItsOwn::close);
        }
        links.close();
        try {
            quiet.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        body.close();
        if (open != null) {
            open.host().close();
        }
    }
}
