package io.crema.simulation.world;

import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.FeePolicy;
import io.crema.chain.transactions.TransactionPolicy;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.events.TransactionStep;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.settlement.intent.IntentReader;
import io.crema.settlement.intent.IntentRecord;
import io.crema.settlement.kafka.LogSettings;
import io.crema.settlement.step.FencedException;
import io.crema.settlement.step.LogUnavailableException;
import io.crema.settlement.step.Position;
import io.crema.settlement.step.Recovered;
import io.crema.settlement.step.SettlementContracts;
import io.crema.settlement.step.SettlementPolicy;
import io.crema.settlement.step.Settler;
import io.crema.simulation.Connection;
import io.crema.simulation.CrashPoints;
import io.crema.simulation.chain.SenderNode;
import io.crema.simulation.chain.SimulatedChain;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The settlement of the manufacturer's account: its process, and older ones that do not know yet. Not thread-safe. */
final class Settlement {
    static final int CONFIRMATIONS = 3;
    static final String NAME = LogSettings.NAME;

    private static final SettlementContracts CONTRACTS = new SettlementContracts(
            Town.DOMAINS.payment().verifyingContract(),
            Town.DOMAINS.maintenance().verifyingContract());
    private static final SettlementPolicy POLICY = policy();
    private static final TransactionSigner SIGNER = new TransactionSigner(Town.MANUFACTURER, Town.CHAIN_ID);

    final CrashPoints crash = new CrashPoints();
    final Connection node = new Connection();
    final Connection broker = new Connection();
    private final SimulatedLog log;
    private final SimulatedChain chain;
    private final InstantSource clock;
    private final Wiring wiring;
    private final List<Instance> zombies = new ArrayList<>();
    private @Nullable Instance instance;

    Settlement(SimulatedLog log, SimulatedChain chain, InstantSource clock, Wiring wiring) {
        this.log = log;
        this.chain = chain;
        this.clock = clock;
        this.wiring = wiring;
    }

    /** A process, and how far its consumer is. */
    private final class Instance {
        private final Settler settler;
        private final Map<Place, Long> read = new LinkedHashMap<>();

        Instance() {
            var writer = wiring.accountWriter(log, NAME);
            crash.point();
            var recovered = recover();
            var positions = recovered.positions();
            for (var partition = 0; partition < log.partitions(); partition++) {
                var position = positions.getOrDefault(partition, Position.START);
                read.put(new Place(Topic.INTENTS.topicName(), partition), position.offset());
            }
            var sender = new SenderNode(chain, Town.CHAIN_ID, crash, node);
            settler = new Settler(
                    recovered,
                    new IntentReader(log.partitions()),
                    wiring.account(new AccountWriter(log, writer, crash, broker), chain),
                    sender,
                    wiring.reader(sender, chain),
                    List.of(SIGNER),
                    CONTRACTS,
                    POLICY);
        }

        void step(int most) {
            List<IntentRecord> fresh = new ArrayList<>();
            for (var place : List.copyOf(read.keySet())) {
                var fetched = wiring.intents(log, place, Objects.requireNonNull(read.get(place)), most);
                read.put(place, fetched.next());
                fetched.records()
                        .forEach(record -> fresh.add(new IntentRecord(
                                record.partition(), record.offset(), record.key(), record.value(), record.time())));
            }
            settler.step(fresh, clock.instant());
        }
    }

    private Recovered recover() {
        var recovered = new Recovered();
        var account = Town.MANUFACTURER.address().bytes();
        var steps = log.read(log.place(Topic.TRANSACTIONS.topicName(), account), 0, Integer.MAX_VALUE)
                .records();
        wiring.history(steps)
                .forEach(step -> recovered.fold(
                        RecordCodec.perThread().decode(Objects.requireNonNull(step.value()), TransactionStep.class)));
        for (var number = 0; number < log.partitions(); number++) {
            var partition = number;
            log.committed(NAME, new Place(Topic.INTENTS.topicName(), partition))
                    .ifPresent(
                            stored -> recovered.position(partition, Position.of(stored.offset(), stored.metadata())));
        }
        return recovered;
    }

    /** Starts if it is down, then does one step. @param most intents to read of each partition */
    void step(int most) {
        var running = instance;
        try {
            if (running == null) {
                running = new Instance();
                instance = running;
            }
            running.step(most);
        } catch (CrashPoints.Crash | FencedException | LogUnavailableException gone) {
            zombies.remove(running);
            if (instance == running) {
                instance = null;
            }
        } catch (ChainUnreachableException later) {
            // the next step goes on where this one stopped
        }
    }

    /** The process goes on unaware, and another one starts in its place. */
    void split() {
        if (instance != null) {
            zombies.add(instance);
            instance = null;
            step(0);
        }
    }

    /**
     * Stands still in the middle of a step; another one starts in its place and works, while blocks are mined.
     *
     * @param points of the step that are passed before
     */
    void pause(int points) {
        crash.pauseAfter(points, () -> {
            if (instance != null) {
                zombies.add(instance);
                instance = null;
            }
            for (var turn = 0; turn < 4; turn++) {
                step(3);
                chain.mine();
            }
        });
    }

    /** One that was replaced does a step. */
    void stepZombie(int most) {
        if (zombies.isEmpty()) {
            return;
        }
        try {
            zombies.getFirst().step(most);
        } catch (FencedException | LogUnavailableException | CrashPoints.Crash gone) {
            zombies.removeFirst();
        } catch (ChainUnreachableException later) {
            // goes on
        }
    }

    void kill() {
        instance = null;
    }

    void killZombies() {
        zombies.clear();
    }

    private static SettlementPolicy policy() {
        var fees = new FeePolicy(BigInteger.ONE, BigInteger.valueOf(100_000), 125, Duration.ofSeconds(3), 30);
        return SettlementPolicy.of(new TransactionPolicy(fees, CONFIRMATIONS, Duration.ofSeconds(1), 4))
                .withBatches(Duration.ofSeconds(1), 3);
    }
}
