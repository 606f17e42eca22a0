package io.crema.cli.demo;

import io.crema.cli.audit.Audit;
import io.crema.cli.audit.AuditConfig;
import io.crema.cli.audit.ChainState;
import io.crema.cli.audit.Invariant;
import io.crema.cli.fleet.DerivedKeys;
import io.crema.cli.fleet.Directory;
import io.crema.cli.fleet.FleetFile;
import io.crema.cli.fleet.Provisioner;
import io.crema.cli.fleet.Rentals;
import io.crema.cli.fleet.Staff;
import io.crema.cli.onboarding.RentedMachine;
import io.crema.cli.trace.Trace;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hex;
import io.crema.platform.ProcessTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;

/** One run, from an empty or known data directory to the report. Closed from any thread, at any time. */
final class DemoRun implements AutoCloseable {
    private static final Duration MEMORY_INTERVAL = Duration.ofMillis(250);
    private static final int CONFIRMATIONS = 1;

    private final DemoOptions options;
    private final Optional<Trace> trace;
    private final Narrator narrator;
    private final InstantSource clock = InstantSource.system();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    DemoRun(DemoOptions options, Optional<Trace> trace, Narrator narrator) {
        this.options = options;
        this.trace = trace;
        this.narrator = narrator;
    }

    DemoReport run() throws IOException, InterruptedException {
        var memory = own(ProcessTree.watch(MEMORY_INTERVAL));
        var dataDir = own(DataDir.open(options.dataDir()));
        var before = dataDir.fleet();
        checkAgainst(dataDir, before);
        narrator.say("Starting a Kafka broker, a schema registry, PostgreSQL and an Ethereum test chain in %s."
                .formatted(dataDir.path()));
        var system = own(new LocalSystem(dataDir.path(), !dataDir.temporary()));
        var web3 = Web3j.build(new HttpService(system.chain().rpcUrl()));
        own(web3::shutdown);
        var plan = plan(before);
        var fleet = before.orElseGet(() -> freshFleet(plan)).nextRun();
        var keys = new DerivedKeys(fleet.seed());
        var rentals = new Rentals(
                web3,
                system.chain().accounts().stream()
                        .map(account -> SigningKey.fromHex(account.privateKey()))
                        .toList(),
                dataDir.path(),
                keys,
                plan.companies());
        narrator.say("The contracts are on the chain, PaymentProvider at %s."
                .formatted(rentals.contracts().paymentProvider()));
        var services = own(new DemoServices(options, dataDir.path(), system, rentals, CONFIRMATIONS));
        var starting = services.startBackground();
        var provisioner = new Provisioner(rentals.contracts(), rentals.manufacturer());
        var machines = before.isPresent() ? rentals.remembered(fleet) : rentals.rent(plan.deposits());
        dataDir.keep(() -> fleet.withMachines(rentals.toRemember()));
        narrator.say("%d machines of %s are rented to %s, each in one transaction."
                .formatted(
                        machines.size(),
                        rentals.manufacturer().name(),
                        rentals.customers().stream().map(c -> c.name()).collect(Collectors.joining(", "))));
        Directory.write(services.directory(), rentals, plan.productNames());
        for (var i = 0; i < machines.size(); i++) {
            provisioner.write(services.edgeDir(), machines.get(i), plan.prices().get(i), plan.productNames());
        }
        var world = own(services.startEdge());
        memory.include(system.postgres().pid());

        var staff = new Staff(
                keys,
                rentals.contracts().paymentDomain(),
                provisioner,
                dataDir.temporary()
                        ? Optional.empty()
                        : Optional.of(dataDir.path().resolve("phones")));
        var credit = new Credit(
                rentals,
                plan,
                provisioner,
                services.edgeDir(),
                () -> dataDir.keep(() -> fleet.withMachines(rentals.toRemember())),
                narrator);
        own(credit);
        var watch = new RunWatch(options, plan.cups().total(), narrator, services, world, credit, rentals);
        var run = new FleetRun(
                world,
                machines,
                plan.cups(),
                staff,
                new Pace(clock, options.pace(), options.speed()),
                rentals.contracts().paymentDomain(),
                watch);
        own(run::stop);
        watch.watch(run);
        await(starting);
        narrator.say("All services are up. The console: %s  Kafka: %s  schemas: %s  chain: %s"
                .formatted(
                        services.console(),
                        system.broker().bootstrapServers(),
                        system.registry().uri(),
                        system.chain().rpcUrl()));
        watch.probe(own(new ReadModelProbe(services::console)));
        var state = new ChainState(web3, rentals.contracts());
        var story = own(new Story(
                system.broker().bootstrapServers(),
                narrator,
                machines.stream().collect(Collectors.toMap(RentedMachine::machine, RentedMachine::serial)),
                machines.stream()
                        .collect(Collectors.toMap(
                                RentedMachine::channel, machine -> state.redeemed(machine.channel())))));
        if (plan.cups().total().isEmpty() && options.time().isEmpty()) {
            narrator.say("It goes on until you press Ctrl-C.");
        }
        run.start();
        var end = options.time().map(time -> clock.instant().plus(time));
        while (!run.await(200, TimeUnit.MILLISECONDS)) {
            watch.tick();
            if (end.isPresent() && clock.instant().isAfter(end.get())) {
                run.stop();
            }
        }
        if (isClosed()) {
            throw new DemoException("stopped");
        }
        watch.allAreServed(run.cups());
        watch.awaitKills();
        return finish(new Rest(memory, system, services, rentals, run, watch, story));
    }

    /** What is left when everybody has gone home. */
    private record Rest(
            ProcessTree memory,
            LocalSystem system,
            DemoServices services,
            Rentals rentals,
            FleetRun run,
            RunWatch watch,
            Story story) {}

    private DemoReport finish(Rest rest) throws InterruptedException {
        var bootstrap = rest.system().broker().bootstrapServers();
        narrator.quiet();
        narrator.say("%,d cups are poured; redeeming what is open."
                .formatted(rest.run().cups()));
        try (var balances = new BalanceTail(bootstrap)) {
            var redemption = new FinalRedemption(
                    bootstrap, balances, clock, () -> rest.services().statuses());
            redemption.awaitAccepted(rest.run().totals());
            redemption.redeem(rest.rentals().machines());
            redemption.await("close all intents", () -> Audit.allIntentsClosed(bootstrap));
            redemption.await("bring the read models up to date", rest.services()::readModelsAreCurrent);
        }
        rest.story().flush();
        narrator.say("Everything has come to rest; recomputing the invariants from log and chain.");
        var chain = new ChainState(
                Web3j.build(new HttpService(rest.system().chain().rpcUrl())),
                rest.rentals().contracts());
        var audit = Audit.run(
                new AuditConfig(
                        bootstrap,
                        rest.rentals().contracts().paymentDomain(),
                        List.of(URI.create(rest.system().chain().rpcUrl()))),
                OptionalLong.empty(),
                rest.run().served());
        List<Invariant> invariants = new ArrayList<>(audit.invariants());
        invariants.add(rest.services().rebuildReadModels());
        invariants.sort(Comparator.comparingInt(Invariant::id));
        var accepted = Amount.parse(audit.sum("accepted"));
        var redeemed = Amount.parse(audit.sum("redeemed"));
        return new DemoReport(
                rest.run().cups(),
                new DemoReport.Receipts(
                        audit.count("receiptsAccepted"), audit.count("receiptsWaiting"), audit.count("quarantined")),
                new DemoReport.Amounts(
                        accepted.toString(),
                        redeemed.toString(),
                        accepted.minusOrZero(redeemed).toString(),
                        chain.credited(rest.rentals().manufacturer().address()).toString()),
                rest.watch().traceCounts(trace),
                new DemoReport.Transactions(audit.count("transactions"), audit.count("gas")),
                new DemoReport.LatencyMs(
                        rest.run().taps().percentiles(),
                        rest.watch().readModel().percentiles()),
                rounded(rest.watch().firstCupSeconds()),
                rounded(narrator.seconds()),
                rest.memory().peakMiB(),
                rest.watch().killed(),
                rest.watch().offline().orElse(null),
                rest.services().console().toString(),
                invariants);
    }

    private FleetPlan plan(Optional<FleetFile> before) {
        var machines = before.map(fleet -> fleet.machines().size())
                .orElse(options.machines().orElse(trace.isPresent() ? 1 : 3));
        if (trace.isPresent()) {
            return FleetPlan.of(trace.get(), machines);
        }
        var employees = before.map(FleetFile::employees)
                .orElse(options.employees().orElse(FleetPlan.defaultEmployees(machines)));
        var seed = before.map(FleetFile::seed).orElseGet(this::seed);
        var cups = options.cups().isPresent()
                ? java.util.OptionalLong.of(options.cups().getAsInt())
                : java.util.OptionalLong.empty();
        return FleetPlan.generated(
                new DerivedKeys(seed), before.map(FleetFile::runs).orElse(0L) + 1, machines, employees, cups);
    }

    private FleetFile freshFleet(FleetPlan plan) {
        return new FleetFile(
                seed(),
                options.employees().orElse(FleetPlan.defaultEmployees(plan.machines())),
                source(),
                0,
                List.of());
    }

    private final long freshSeed = new SecureRandom().nextLong();

    private long seed() {
        return options.seed().orElse(freshSeed);
    }

    /** A data directory holds one fleet with one kind of sales: clocks and tariffs of machines never go back. */
    private void checkAgainst(DataDir dataDir, Optional<FleetFile> before) {
        if (before.isEmpty()) {
            if (Files.exists(dataDir.path().resolve("contracts.json"))) {
                throw new DemoException(
                        "data directory %s was left before its machines were rented; remove it or choose another --data-dir"
                                .formatted(dataDir.path()));
            }
            return;
        }
        var fleet = before.get();
        if (options.machines().isPresent()
                && options.machines().getAsInt() != fleet.machines().size()) {
            throw new DemoException(
                    "the data directory holds %d machines, not %d; leave out --machines or choose another --data-dir"
                            .formatted(
                                    fleet.machines().size(), options.machines().getAsInt()));
        }
        if (options.employees().isPresent() && options.employees().getAsInt() != fleet.employees()) {
            throw new DemoException(
                    "the data directory holds %d employees, not %d; leave out --employees or choose another --data-dir"
                            .formatted(fleet.employees(), options.employees().getAsInt()));
        }
        if (options.seed().isPresent() && options.seed().getAsLong() != fleet.seed()) {
            throw new DemoException(
                    "the data directory was begun with seed %d, not %d; leave out --seed or choose another --data-dir"
                            .formatted(fleet.seed(), options.seed().getAsLong()));
        }
        if (!fleet.source().equals(source())) {
            throw new DemoException("the data directory holds machines that sell %s; choose another --data-dir for %s"
                    .formatted(
                            fleet.source().equals("menu") ? "from the menu" : "another trace",
                            trace.isPresent() ? "this trace" : "sales from the menu"));
        }
    }

    private String source() {
        if (options.trace().isEmpty()) {
            return "menu";
        }
        try {
            return Hex.encode(MessageDigest.getInstance("SHA-256")
                    .digest(Files.readAllBytes(options.trace().get())));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new DemoException(
                    "trace %s cannot be read: %s".formatted(options.trace().get(), e), e);
        }
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 100) / 100.0;
    }

    /** Waits for the services; what keeps one from starting is said as it is. */
    private static void await(CompletableFuture<Void> starting) {
        try {
            starting.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : e;
        }
    }

    /** Whether somebody has closed this run: before its report, that is Ctrl-C. */
    synchronized boolean isClosed() {
        return closed;
    }

    private synchronized <T extends AutoCloseable> T own(T part) {
        if (closed) {
            closeQuietly(part);
            throw new DemoException("stopped");
        }
        parts.push(part);
        return part;
    }

    /** Ends what was started, newest first; harmless when repeated. */
    @Override
    public void close() {
        while (true) {
            AutoCloseable part;
            synchronized (this) {
                closed = true;
                if (parts.isEmpty()) {
                    return;
                }
                part = parts.pop();
            }
            closeQuietly(part);
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println(
                    "crema: %s did not stop well: %s".formatted(part.getClass().getSimpleName(), e));
        }
    }
}
