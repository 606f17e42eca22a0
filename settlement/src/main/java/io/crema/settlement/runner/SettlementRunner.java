package io.crema.settlement.runner;

import io.crema.chain.node.NodeHealth;
import io.crema.chain.node.WrongChainException;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.settlement.SettlementStatus;
import io.crema.settlement.SettlementStatus.State;
import io.crema.settlement.WaitsFor;
import io.crema.settlement.intent.IntentReader;
import io.crema.settlement.intent.IntentRecord;
import io.crema.settlement.kafka.AccountHistory;
import io.crema.settlement.kafka.KafkaAccountLog;
import io.crema.settlement.kafka.KafkaIntents;
import io.crema.settlement.kafka.LogSettings;
import io.crema.settlement.step.AccountLog;
import io.crema.settlement.step.FencedException;
import io.crema.settlement.step.LogUnavailableException;
import io.crema.settlement.step.Progress;
import io.crema.settlement.step.RefusedStartException;
import io.crema.settlement.step.SettlementContracts;
import io.crema.settlement.step.SettlementPolicy;
import io.crema.settlement.step.Settler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a {@link Settler} in the calling thread until it is stopped, over every fault that passes by itself. */
public final class SettlementRunner implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(SettlementRunner.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
    private static final Set<WaitsFor> WORTH_TELLING =
            EnumSet.of(WaitsFor.CHEAPER_GAS, WaitsFor.MORE_VALUE, WaitsFor.ETHER, WaitsFor.SIGNER);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private final LogSettings settings;
    private final ChainPort chain;
    private final ChainReader reader;
    private final NodeWatch nodes;
    private final List<TransactionSigner> signers;
    private final SettlementContracts contracts;
    private final SettlementPolicy policy;
    private final Duration pollChainEvery;
    private final InstantSource clock;
    private final UnaryOperator<AccountLog> logWrapper;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile SettlementStatus status;
    private volatile @Nullable KafkaIntents waitingFor;
    private Duration backoff = FIRST_BACKOFF;
    private int misses;

    /**
     * @param pollChainEvery how often the chain is asked while something is under way
     * @param logWrapper sees every commit; the identity but in tests
     */
    public SettlementRunner(
            LogSettings settings,
            ChainPort chain,
            ChainReader reader,
            NodeWatch nodes,
            List<TransactionSigner> signers,
            SettlementContracts contracts,
            SettlementPolicy policy,
            Duration pollChainEvery,
            InstantSource clock,
            UnaryOperator<AccountLog> logWrapper) {
        this.settings = settings;
        this.chain = chain;
        this.reader = reader;
        this.nodes = nodes;
        this.signers = List.copyOf(signers);
        this.contracts = contracts;
        this.policy = policy;
        this.pollChainEvery = pollChainEvery;
        this.clock = clock;
        this.logWrapper = logWrapper;
        this.status = SettlementStatus.starting("reading what " + accounts() + " has done");
    }

    /** Thread-safe. */
    public SettlementStatus status() {
        return status;
    }

    /** Lets {@link #run} return soon. Thread-safe. */
    public void stop() {
        stop.countDown();
        var intents = waitingFor;
        if (intents != null) {
            intents.wakeup();
        }
    }

    @Override
    public void run() {
        while (!stopped()) {
            try {
                nodes.refresh();
                serve();
            } catch (FencedException e) {
                show(State.FENCED, e.getMessage());
                return;
            } catch (LogUnavailableException e) {
                show(State.LOG_UNREACHABLE, e.getMessage());
                pause();
            } catch (ChainUnreachableException e) {
                show(State.CHAIN_UNREACHABLE, e.getMessage());
                pause();
            } catch (RefusedStartException | WrongChainException e) {
                show(State.FAILED, e.getMessage());
                return;
            } catch (RuntimeException e) {
                if (!stopped()) {
                    log.error("settlement of {} failed", accounts(), e);
                    show(State.FAILED, "stopped by a fault: " + e);
                }
                return;
            }
        }
        show(State.STOPPED, "stopped");
    }

    private void serve() {
        chain.chainId(); // a wrong or unreachable chain is told before anyone is fenced
        try (var account = KafkaAccountLog.open(settings)) {
            var recovered = AccountHistory.read(settings);
            try (var intents = KafkaIntents.from(settings, recovered.positions())) {
                var settler = new Settler(
                        recovered,
                        new IntentReader(settings.partitions()),
                        logWrapper.apply(account),
                        chain,
                        reader,
                        signers,
                        contracts,
                        policy);
                waitingFor = intents;
                step(settler, intents);
            } finally {
                waitingFor = null;
            }
        }
    }

    private void step(Settler settler, KafkaIntents intents) {
        List<IntentRecord> read = new ArrayList<>();
        var busy = true;
        var hasRoom = true;
        while (!stopped()) {
            var patience = busy ? pollChainEvery : IDLE;
            if (hasRoom && read.isEmpty()) {
                read.addAll(intents.poll(patience));
            } else {
                await(patience);
            }
            try {
                var taken = List.copyOf(read);
                read.clear();
                nodes.refresh();
                var progress = settler.step(taken, clock.instant());
                tell(progress);
                busy = progress.busy();
                hasRoom = progress.hasRoom();
                backoff = FIRST_BACKOFF;
                misses = 0;
            } catch (ChainUnreachableException e) {
                if (++misses < nodes.health().size() && nodes.health().stream().anyMatch(NodeHealth::isUsable)) {
                    log.info("going on with another node: {}", e.getMessage());
                } else {
                    show(State.CHAIN_UNREACHABLE, e.getMessage());
                    pause();
                }
            }
        }
    }

    private void tell(Progress progress) {
        progress.notes().forEach(log::info);
        update(progress.status());
    }

    private void show(State state, @Nullable String sentence) {
        update(status.with(state, String.valueOf(sentence)));
    }

    /** Logs what is new: a state, an alarm or its end, another reason to wait. */
    private void update(SettlementStatus fresh) {
        var before = status;
        status = fresh.withNodes(nodes.health());
        var alarms = status.alarms();
        alarms.stream()
                .filter(alarm ->
                        before.alarms().stream().noneMatch(old -> kind(old).equals(kind(alarm))))
                .forEach(alarm -> log.warn("alarm: {}", alarm));
        before.alarms().stream()
                .filter(old -> alarms.stream().noneMatch(alarm -> kind(old).equals(kind(alarm))))
                .forEach(old -> log.info("alarm is over: {}", old));
        if (before.state() != status.state()) {
            report();
        } else if (!before.waitsFor().keySet().equals(status.waitsFor().keySet())
                && status.waitsFor().keySet().stream().anyMatch(WORTH_TELLING::contains)) {
            log.info("settlement: {}", status.sentence());
        }
    }

    /** Whom an alarm is about, so that it is not told again whenever its figures change. */
    private static String kind(String alarm) {
        return alarm.lines()
                .findFirst()
                .map(line -> line.replaceFirst("^(\\S+ \\S+).*", "$1"))
                .orElse("");
    }

    private void report() {
        switch (status.state()) {
            case STARTING, RUNNING, STOPPED ->
                log.info("settlement of {} is {}: {}", accounts(), status.state(), status.sentence());
            case SHORT_OF_FUNDS, SIGNER_UNREACHABLE, CHAIN_UNREACHABLE, LOG_UNREACHABLE, FENCED ->
                log.warn("settlement of {} is {}: {}", accounts(), status.state(), status.sentence());
            case CHAIN_BEHIND, FAILED ->
                log.error("settlement of {} is {}: {}", accounts(), status.state(), status.sentence());
        }
    }

    private String accounts() {
        return signers.stream().map(signer -> signer.account().hex()).collect(Collectors.joining(", "));
    }

    private void pause() {
        await(backoff);
        backoff = backoff.multipliedBy(2).compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : backoff.multipliedBy(2);
    }

    private void await(Duration time) {
        try {
            if (stop.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("stopping");
            }
        } catch (InterruptedException e) {
            stop.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }
}
