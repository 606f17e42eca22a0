package io.crema.projections;

import static io.crema.projections.Fleet.MANUFACTURER;
import static io.crema.projections.Fleet.PROVIDER;
import static io.crema.projections.Fleet.SENDER;
import static io.crema.projections.Fleet.account;
import static io.crema.projections.Fleet.id;
import static io.crema.projections.Fleet.units;

import io.crema.events.*;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Some days of a fleet of six machines and three customers, for the console to show: sales, one redemption of all
 * channels, one under way, a fault with its service request, a refused record. Counts what the page must say.
 */
final class ConsoleFleet {
    static final List<String> MACHINES = List.of("BE-1041", "BE-1048", "BE-1055", "BE-1062", "BE-1069", "BE-1076");
    static final String FAULTY = "BE-1069";
    private static final List<String> SITES = List.of(
            "Lobby, Basel", "4th floor, Basel", "Workshop, Graz", "Canteen, Graz", "Reception, Turin", "Library, Lyon");
    private static final List<String> CUSTOMERS = List.of("Northwind Legal", "Alder & Finch", "Kestrel Robotics");
    private static final List<String> PRODUCTS = List.of("Latte", "Cappuccino", "Americano", "Espresso");
    private static final List<Long> PRICES = List.of(1_500_000L, 1_400_000L, 1_100_000L, 900_000L);
    private static final int[] RUSH = {0, 0, 0, 0, 0, 0, 1, 4, 5, 4, 3, 2, 4, 4, 3, 2, 2, 1, 0, 0, 0, 0, 0, 0};
    private static final long DEPOSIT = 500_000_000L;
    private static final long BLOCK = 1207;

    private final Fleet log;
    private final Instant now;
    private final Random random = new Random(7);
    private final Map<String, Long> totals = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Long> redeemed = new HashMap<>();
    private final Map<String, Map<LocalDate, Long>> spent = new HashMap<>();
    private final Map<String, long[]> hours = new TreeMap<>();

    ConsoleFleet(Fleet log, Instant now) {
        this.log = log;
        this.now = now;
    }

    static String customer(String machine) {
        return CUSTOMERS.get(MACHINES.indexOf(machine) % CUSTOMERS.size());
    }

    /** The directory's file, which names the ids of this fleet. */
    static Map<String, Object> directory() {
        var machines = new TreeMap<String, Object>();
        for (var machine : MACHINES) {
            var site = SITES.get(MACHINES.indexOf(machine));
            machines.put(hex(id(machine).bytes()), Map.of("serial", machine, "site", site, "model", "Piccola"));
        }
        var accounts = new TreeMap<String, Object>();
        CUSTOMERS.forEach(name -> accounts.put(hex(account(name).bytes()), name));
        accounts.put(hex(MANUFACTURER.bytes()), "Bergamo Espresso Works");
        var products = new TreeMap<String, Object>();
        PRODUCTS.forEach(name -> products.put(hex(id(name).bytes()), name));
        return Map.of(
                "machines", machines,
                "accounts", accounts,
                "products", products,
                "token", Map.of("symbol", "CTT", "decimals", 6));
    }

    /** All that has happened so far. */
    void past() {
        MACHINES.forEach(this::rent);
        var first = now.minus(Duration.ofDays(6)).truncatedTo(ChronoUnit.HOURS);
        for (var hour = first; hour.isBefore(now); hour = hour.plus(Duration.ofHours(1))) {
            var busy = hour.isAfter(now.minus(Duration.ofHours(2)))
                    ? 5
                    : RUSH[hour.atOffset(ZoneOffset.UTC).getHour()];
            for (var machine : MACHINES) {
                var cups = machine.equals(FAULTY) && busy == 5 ? 1 : random.nextInt(busy + 1) + busy / 2;
                for (var cup = 0; cup < cups; cup++) {
                    var latest = Math.min(3600, Duration.between(hour, now).toSeconds() + 1);
                    sell(machine, hour.plusSeconds(latest * cup / cups));
                }
            }
            if (hour.equals(now.minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.HOURS))) {
                redeem(hour);
            }
        }
        hours.forEach(this::hour);
        var troubles = new ConsoleTroubles(log, now);
        MACHINES.forEach(
                machine -> troubles.twin(machine, machine.equals(FAULTY) ? 109.4 : 92 + random.nextInt(20) / 10.0));
        troubles.fault(FAULTY);
        troubles.refused(MACHINES.getFirst());
        pending(MACHINES.getFirst());
        log.checkpoint(BLOCK);
    }

    /** A cup, at that time by the machine and by the log. */
    void sell(String machine, Instant time) {
        var product = random.nextInt(PRODUCTS.size());
        var price = PRICES.get(product);
        var sequence = counts.merge(machine, 1L, Long::sum);
        var total = totals.merge(machine, price, Long::sum);
        var day = time.atOffset(ZoneOffset.UTC).toLocalDate();
        spent.computeIfAbsent(customer(machine), name -> new HashMap<>()).merge(day, price, Long::sum);
        var cell = hours.computeIfAbsent(
                machine + "/" + PRODUCTS.get(product) + "/" + time.truncatedTo(ChronoUnit.HOURS), key -> new long[2]);
        cell[0]++;
        cell[1] += price;
        log.writeAt(
                time,
                Topic.RECEIPTS,
                channel(machine),
                new ReceiptAccepted(
                        channel(machine),
                        sequence,
                        units(total),
                        id("history " + sequence),
                        id("digest " + machine + sequence),
                        id("sale " + machine + sequence),
                        new SaleRecord(
                                id(machine),
                                id(PRODUCTS.get(product)),
                                units(price),
                                units(0),
                                account("employee"),
                                1L,
                                time,
                                id("salt")),
                        account(customer(machine)),
                        MANUFACTURER,
                        true));
        balance(machine, time);
    }

    long cups() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    long redeemed() {
        return redeemed.values().stream().mapToLong(Long::longValue).sum();
    }

    long spent(String customer, LocalDate day) {
        return spent.getOrDefault(customer, Map.of()).getOrDefault(day, 0L);
    }

    private void rent(String machine) {
        var customer = account(customer(machine));
        log.write(
                Topic.CHAIN_PARTIES,
                MANUFACTURER,
                new MachineKeyRegistered(
                        MANUFACTURER,
                        origin("register " + machine, 0),
                        id(machine),
                        account("key"),
                        machine,
                        null,
                        null));
        log.write(
                Topic.CHAIN_CHANNELS,
                channel(machine),
                new ChannelOpened(
                        channel(machine),
                        origin("open " + machine, 0),
                        customer,
                        MANUFACTURER,
                        index(machine),
                        units(DEPOSIT),
                        2880));
        log.write(
                Topic.CHAIN_AGREEMENTS,
                id("rental " + machine),
                new RentalConcluded(
                        id("rental " + machine),
                        origin("open " + machine, 1),
                        id(machine),
                        channel(machine),
                        MANUFACTURER,
                        customer,
                        index(machine),
                        units(DEPOSIT)));
    }

    private void balance(String machine, Instant time) {
        log.write(
                Topic.BALANCES,
                channel(machine),
                new ChannelBalance(
                        channel(machine),
                        account(customer(machine)),
                        MANUFACTURER,
                        index(machine),
                        id(machine),
                        units(DEPOSIT),
                        units(total(machine)),
                        counts.getOrDefault(machine, 0L),
                        units(0),
                        0L,
                        "",
                        units(redeemed.getOrDefault(machine, 0L)),
                        null,
                        "OPEN",
                        false,
                        false,
                        null,
                        null,
                        null,
                        time));
    }

    /** One transaction redeems what every channel owes. */
    private void redeem(Instant time) {
        for (var machine : MACHINES) {
            intent(machine, time.minusSeconds(15));
            redeemed.put(machine, total(machine));
        }
        transaction("redeem", 3, TransactionStage.CONFIRMED, MACHINES, time);
        for (var machine : MACHINES) {
            var total = units(redeemed.getOrDefault(machine, 0L));
            var at = new Origin(31337L, PROVIDER, BLOCK, id("block"), time, id("tx redeem"), MACHINES.indexOf(machine));
            log.write(
                    Topic.CHAIN_CHANNELS,
                    channel(machine),
                    new ChannelRedeemed(
                            channel(machine),
                            at,
                            counts.getOrDefault(machine, 0L),
                            total,
                            id("history"),
                            total,
                            total));
            log.write(
                    Topic.OUTCOMES,
                    channel(machine),
                    new Outcome(
                            channel(machine),
                            intentId(machine),
                            id("effect " + intentId(machine)),
                            1,
                            OutcomeKind.DONE,
                            total,
                            id("tx redeem"),
                            "",
                            time));
        }
    }

    private void pending(String machine) {
        intent(machine, now.minusSeconds(8));
        transaction("pending", 4, TransactionStage.SENT, List.of(machine), now.minusSeconds(5));
    }

    private void intent(String machine, Instant time) {
        var newest = new NewestReceipt(
                counts.getOrDefault(machine, 0L),
                units(total(machine)),
                id("history"),
                new Bytes64(new byte[64]),
                null);
        log.write(
                Topic.INTENTS,
                channel(machine),
                new RedeemChannel(
                        intentId(machine),
                        id("effect " + intentId(machine)),
                        1,
                        channel(machine),
                        account(customer(machine)),
                        MANUFACTURER,
                        index(machine),
                        newest,
                        units(total(machine) - redeemed.getOrDefault(machine, 0L)),
                        "THRESHOLD",
                        false,
                        time,
                        null));
    }

    private void transaction(String name, long nonce, TransactionStage stage, List<String> machines, Instant time) {
        var mined = stage == TransactionStage.CONFIRMED;
        var intents = machines.stream()
                .map(machine -> new TransactionIntent(
                        intentId(machine),
                        channel(machine),
                        id("effect " + intentId(machine)),
                        1,
                        units(total(machine))))
                .toList();
        log.write(
                Topic.TRANSACTIONS,
                SENDER,
                new TransactionStep(
                        SENDER,
                        nonce,
                        1,
                        stage,
                        id("tx " + name),
                        null,
                        PROVIDER,
                        intents,
                        "REDEEM_MANY",
                        units(2_000_000_000L),
                        units(1_000_000_000L),
                        400_000L,
                        mined ? BLOCK : null,
                        mined ? id("block") : null,
                        mined ? 236_500L : null,
                        mined ? units(1_100_000_000L) : null,
                        mined ? true : null,
                        "",
                        time));
    }

    private void hour(String cell, long[] figures) {
        var parts = cell.split("/", -1);
        var hour = Instant.parse(parts[2]);
        var key = ByteBuffer.allocate(72)
                .put(id(parts[0]).bytes())
                .put(id(parts[1]).bytes())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, hour))
                .array();
        var record = new MachineHour(id(parts[0]), id(parts[1]), hour, figures[0], units(figures[1]));
        log.write(Topic.MACHINE_HOURS, key, RecordCodec.perThread().encode(Topic.MACHINE_HOURS, record));
    }

    private long total(String machine) {
        return totals.getOrDefault(machine, 0L);
    }

    private Bytes32 intentId(String machine) {
        return id("intent " + machine + total(machine));
    }

    private Origin origin(String name, int logIndex) {
        var time = now.minus(Duration.ofDays(6)).truncatedTo(ChronoUnit.HOURS);
        return new Origin(31337L, PROVIDER, 12L, id("first block"), time, id("tx " + name), logIndex);
    }

    private static Bytes32 channel(String machine) {
        return id("channel " + machine);
    }

    private static long index(String machine) {
        return MACHINES.indexOf(machine);
    }

    private static String hex(byte[] bytes) {
        return io.crema.contracts.value.Hex.encode(bytes);
    }
}
