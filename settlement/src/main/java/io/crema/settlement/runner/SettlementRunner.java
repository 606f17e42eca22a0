package io.crema.settlement.runner;

import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.settlement.SettlementStatus;
import io.crema.settlement.SettlementStatus.State;
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
import io.crema.settlement.step.SettlementContracts;
import io.crema.settlement.step.SettlementPolicy;
import io.crema.settlement.step.Settler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a {@link Settler} in the calling thread until it is stopped, over every fault that passes by itself. */
public final class SettlementRunner implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(SettlementRunner.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration BALANCE_EVERY = Duration.ofMinutes(1);

    private final LogSettings settings;
    private final ChainPort chain;
    private final ChainReader reader;
    private final TransactionSigner signer;
    private final SettlementContracts contracts;
    private final SettlementPolicy policy;
    private final Duration pollChainEvery;
    private final InstantSource clock;
    private final UnaryOperator<AccountLog> logWrapper;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile SettlementStatus status;
    private volatile @Nullable KafkaIntents waitingFor;
    private Duration backoff = FIRST_BACKOFF;
    private Instant balanceLookedAt = Instant.MIN;

    /**
     * @param pollChainEvery how often the chain is asked while something is under way
     * @param logWrapper sees every commit; the identity but in tests
     */
    public SettlementRunner(
            LogSettings settings,
            ChainPort chain,
            ChainReader reader,
            TransactionSigner signer,
            SettlementContracts contracts,
            SettlementPolicy policy,
            Duration pollChainEvery,
            InstantSource clock,
            UnaryOperator<AccountLog> logWrapper) {
        this.settings = settings;
        this.chain = chain;
        this.reader = reader;
        this.signer = signer;
        this.contracts = contracts;
        this.policy = policy;
        this.pollChainEvery = pollChainEvery;
        this.clock = clock;
        this.logWrapper = logWrapper;
        this.status =
                new SettlementStatus(State.STARTING, "reading what account " + signer.account() + " has done", 0, 0);
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
                checkChain();
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
            } catch (RuntimeException e) {
                if (!stopped()) {
                    log.error("settlement of {} failed", signer.account(), e);
                    show(State.FAILED, "stopped by a fault: " + e);
                }
                return;
            }
        }
        show(State.STOPPED, "stopped");
    }

    private void checkChain() {
        var found = chain.chainId();
        if (found != signer.chainId()) {
            throw new IllegalStateException(
                    "the node serves chain %d, settlement is configured for chain %d; check CREMA_CHAIN_ID and CREMA_RPC_URLS"
                            .formatted(found, signer.chainId()));
        }
    }

    private void serve() {
        try (var account = KafkaAccountLog.open(settings)) {
            var recovered = AccountHistory.read(settings);
            try (var intents = KafkaIntents.from(settings, recovered.positions())) {
                var settler = new Settler(
                        recovered,
                        new IntentReader(settings.partitions()),
                        logWrapper.apply(account),
                        chain,
                        reader,
                        signer,
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
                var progress = settler.step(taken, clock.instant());
                tell(progress);
                watchBalance(settler);
                busy = progress.busy();
                hasRoom = progress.hasRoom();
                backoff = FIRST_BACKOFF;
            } catch (ChainUnreachableException e) {
                show(State.CHAIN_UNREACHABLE, e.getMessage());
                pause();
            }
        }
    }

    private void tell(Progress progress) {
        progress.notes().forEach(log::info);
        var before = status.state();
        status = progress.status();
        if (before != status.state()) {
            report();
        }
    }

    private void show(State state, @Nullable String sentence) {
        var before = status;
        status = new SettlementStatus(state, String.valueOf(sentence), before.waiting(), before.open());
        if (before.state() != state) {
            report();
        }
    }

    private void report() {
        switch (status.state()) {
            case STARTING, RUNNING, STOPPED ->
                log.info("settlement of {} is {}: {}", signer.account(), status.state(), status.sentence());
            case SHORT_OF_FUNDS, CHAIN_UNREACHABLE, LOG_UNREACHABLE, FENCED ->
                log.warn("settlement of {} is {}: {}", signer.account(), status.state(), status.sentence());
            case CHAIN_BEHIND, FAILED ->
                log.error("settlement of {} is {}: {}", signer.account(), status.state(), status.sentence());
        }
    }

    private void watchBalance(Settler settler) {
        var now = clock.instant();
        if (balanceLookedAt.equals(Instant.MIN) || !now.isBefore(balanceLookedAt.plus(BALANCE_EVERY))) {
            balanceLookedAt = now;
            settler.lowBalance()
                    .ifPresent(balance ->
                            log.warn("account {} holds only {} wei for gas: send it ether", signer.account(), balance));
        }
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
