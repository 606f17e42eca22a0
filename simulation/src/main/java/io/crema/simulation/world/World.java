package io.crema.simulation.world;

import io.crema.chain.transactions.Payload;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.schemas.topic.Topic;
import io.crema.simulation.chain.PaymentCall;
import io.crema.simulation.chain.SimulatedChain;
import io.crema.simulation.edge.Tap;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/** The money path, from phones to the chain and back, in one process. Does what a plan says. Not thread-safe. */
public final class World {
    private static final int MOST_EXCHANGES = 12;
    private static final int MOST_POINTS = 14;

    final VirtualClock clock = new VirtualClock(Town.START);
    final SimulatedLog log = new SimulatedLog(clock, Folding.PARTITIONS);
    final SimulatedChain chain = new SimulatedChain(clock, Town.RULES);
    final People people;
    final List<Machine> machines;
    final List<Folding> tasks;
    final Watching watching;
    final Settlement settlement;
    final Invariants invariants;
    private final Hash[] attempts = new Hash[Town.MACHINES.size()];
    private long cups;

    public World(long seed, Wiring wiring) {
        var random = new Random(seed);
        people = new People(clock, random);
        machines = Town.MACHINES.stream()
                .map(rented -> new Machine(rented, clock, random, log, wiring))
                .toList();
        tasks = Folding.all(log, clock, wiring);
        watching = new Watching(log, chain, wiring);
        settlement = new Settlement(log, chain, clock, wiring);
        invariants = new Invariants(this);
        for (var rented : Town.MACHINES) {
            chain.call(
                    Town.RULES.opener(),
                    new PaymentCall.Open(
                            rented.customer().address(),
                            Town.MANUFACTURER.address(),
                            rented.index,
                            Town.DEPOSIT,
                            Town.PERIOD_MINUTES));
        }
    }

    /** Does it, then checks what must always hold. */
    public void step(Action action) {
        var random = new Random(action.salt());
        clock.pass(Duration.ofMillis(random.nextInt(3_000)));
        log.expire();
        apply(action, random);
        invariants.afterStep();
    }

    private void apply(Action action, Random random) {
        var machine = machines.get(action.who() % machines.size());
        var task = tasks.get(action.who() % tasks.size());
        switch (action.kind()) {
            case PRESS -> press(action, machine, random, true, Tap.WHOLE);
            case REPEAT -> press(action, machine, random, false, Tap.WHOLE);
            case TORN_TAP -> press(action, machine, random, random.nextInt(3) > 0, random.nextInt(MOST_EXCHANGES));
            case TICK -> machine.tick();
            case POUR_FAILS -> machine.body.failNext();
            case MACHINE_CRASH -> machine.crash.after(random.nextInt(MOST_POINTS));
            case PUBLISH -> machine.publish();
            case DELIVER -> machine.deliver();
            case PARCEL_LOST -> machine.lose();
            case PARCEL_UNHEARD -> machine.deliverUnheard();
            case PARCEL_LATE -> machine.deliveries.deliverLate();
            case LEARN -> machine.learn(chain);
            case CLOCK ->
                machine.skew(Duration.ofSeconds(random.nextInt(20_000_000) - 10_000_000), random.nextBoolean());
            case DISK -> machine.full(random.nextInt(3) == 0);
            case WATCH -> watching.step();
            case WATCHER_CRASH -> watching.crash.after(random.nextInt(MOST_POINTS));
            case WATCHER_SPLIT -> watching.split();
            case WATCHER_PAUSE -> watching.pause(random.nextInt(MOST_POINTS));
            case WATCHER_ZOMBIE -> watching.stepZombie();
            case SETTLE -> settlement.step(random.nextInt(4));
            case SETTLEMENT_CRASH -> settlement.crash.after(random.nextInt(2 * MOST_POINTS));
            case SETTLEMENT_SPLIT -> settlement.split();
            case SETTLEMENT_PAUSE -> settlement.pause(random.nextInt(2 * MOST_POINTS));
            case SETTLEMENT_ZOMBIE -> settlement.stepZombie(random.nextInt(4));
            case FOLD -> task.step(some(random));
            case TASK_CRASH -> task.crash.after(random.nextInt(MOST_POINTS));
            case TASK_SPLIT -> task.split();
            case TASK_PAUSE -> task.pause(random.nextInt(MOST_POINTS));
            case TASK_ZOMBIE -> task.stepZombie(some(random));
            case POISON -> poison(random);
            case MINE,
                    REORG,
                    EVICTION,
                    FEES,
                    POOR,
                    TOP_UP,
                    CLOSE_REQUEST,
                    EPOCH,
                    STRANGER,
                    NODE_CUT,
                    BROKER_CUT,
                    ANSWER_LOST -> outside(action, machine, random);
        }
    }

    /** What happens on the chain, and to the lines. */
    private void outside(Action action, Machine machine, Random random) {
        var rented = machine.rented;
        var customer = rented.customer().address();
        var payee = Town.MANUFACTURER.address();
        switch (action.kind()) {
            case MINE -> chain.mine();
            case REORG -> chain.reorganise(1 + random.nextInt(Settlement.CONFIRMATIONS - 1), random.nextBoolean());
            case EVICTION -> chain.evict();
            case FEES -> chain.baseFee(BigInteger.valueOf(5 + random.nextInt(60)));
            case POOR -> chain.balance(payee, BigInteger.TEN.pow(random.nextInt(4) == 0 ? 4 : 24));
            case TOP_UP ->
                chain.call(
                        customer,
                        new PaymentCall.TopUp(customer, payee, rented.index, Amount.of(2_000 + random.nextInt(8_000))));
            case CLOSE_REQUEST -> {
                if (random.nextInt(3) == 0) {
                    chain.call(customer, new PaymentCall.RequestClose(payee, rented.index));
                }
            }
            case CLOSE -> {
                if (random.nextInt(4) == 0) {
                    chain.call(payee, new PaymentCall.Close(customer, payee, rented.index));
                }
            }
            case EPOCH -> raiseEpoch(rented);
            case STRANGER -> redeemByStranger(machine);
            case NODE_CUT -> {
                settlement.node.cut(random.nextInt(4) == 0);
                watching.node.cut(random.nextInt(4) == 0);
            }
            case BROKER_CUT -> {
                settlement.broker.cut(random.nextInt(4) == 0);
                watching.broker.cut(random.nextInt(4) == 0);
            }
            case ANSWER_LOST ->
                List.of(settlement.node, settlement.broker, watching.node, watching.broker)
                        .get(random.nextInt(4))
                        .loseAnswer();
            default -> throw new IllegalArgumentException(action + " is nothing of the world outside");
        }
    }

    /** Somebody of the machine's company. */
    static Town.Employee employee(Action action, Town.Rented rented) {
        var colleagues = Town.EMPLOYEES.stream()
                .filter(employee -> employee.company() == rented.company)
                .toList();
        return colleagues.get((int) Math.floorMod(action.salt() >>> 7, colleagues.size()));
    }

    private void press(Action action, Machine machine, Random random, boolean fresh, int tornAt) {
        var number = machines.indexOf(machine);
        if (fresh || attempts[number] == null) {
            attempts[number] = TypedData.keccak("attempt " + cups++);
        }
        var product = random.nextInt(3) == 0 ? Town.LATTE : Town.ESPRESSO;
        var card = people.card(employee(action, machine.rented));
        machine.press(product, attempts[number], card, tornAt, random.nextBoolean());
    }

    private void raiseEpoch(Town.Rented rented) {
        var customer = rented.customer().address();
        if (chain.state(chain.head()).epoch(customer) == 0) {
            chain.call(customer, new PaymentCall.RaiseEpoch(1));
            Town.EMPLOYEES.stream()
                    .filter(employee -> employee.company() == rented.company)
                    .forEach(employee -> people.give(employee, 1));
        }
    }

    private void redeemByStranger(Machine machine) {
        var receipts = machine.receipts();
        if (!receipts.isEmpty()) {
            var newest = receipts.getLast();
            var row = new PaymentCall.Row(
                    machine.rented.customer().address(), machine.rented.index, newest.receipt(), newest.badge());
            chain.call(Town.STRANGER, new PaymentCall.Redeem(Town.MANUFACTURER.address(), row));
        }
    }

    private void poison(Random random) {
        var place = new Place(Topic.EDGE_RECEIPTS.topicName(), random.nextInt(Folding.PARTITIONS));
        var bytes = Payload.of("no receipt".getBytes(StandardCharsets.UTF_8)).bytes();
        log.append(place, bytes, bytes, clock.instant());
        invariants.poisoned();
    }

    private static ToIntFunction<Place> some(Random random) {
        return place -> Math.max(0, random.nextInt(7) - 2);
    }

    /**
     * Heals everything, lets all parts work until nothing is left to do, and checks what must hold at rest.
     *
     * @throws Violation also when it does not come to rest
     */
    public void settle() {
        heal();
        for (var round = 0; round < 150; round++) {
            round();
            if (invariants.isAtRest()) {
                invariants.atRest();
                return;
            }
        }
        throw new Violation("rest", invariants.unrest());
    }

    private void heal() {
        for (var machine : machines) {
            machine.crash.never();
            machine.full(false);
            machine.skew(Duration.ZERO, true);
            machine.losePower();
        }
        for (var task : tasks) {
            task.crash.never();
            task.killZombies();
        }
        watching.crash.never();
        watching.killZombies();
        settlement.crash.never();
        settlement.killZombies();
        List.of(settlement.node, settlement.broker, watching.node, watching.broker)
                .forEach(io.crema.simulation.Connection::heal);
        chain.baseFee(BigInteger.TEN);
        chain.balance(Town.MANUFACTURER.address(), BigInteger.TEN.pow(24));
    }

    private void round() {
        clock.pass(Duration.ofSeconds(4));
        log.expire();
        for (var machine : machines) {
            machine.learn(chain);
            machine.tick();
            machine.publish();
            machine.deliver();
            machine.deliveries.deliverLate();
        }
        watching.step();
        watching.step();
        tasks.forEach(task -> task.step(place -> 1_000));
        settlement.step(1_000);
        chain.mine();
        invariants.afterStep();
    }
}
