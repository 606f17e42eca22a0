package io.crema.streams;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.TelemetryBatch;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.events.Reading;
import io.crema.events.TelemetryBatchRecord;
import io.crema.events.TelemetryBody;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What was told to the build that wrote the fixture, and what goes on with it: each store holds something of every kind.
 * Never changed for a fixture that exists: each sale, key and signature is the same on every run.
 */
final class UpgradeStory {
    final Sales busy = new Sales(1);
    final Sales poor = new Sales(2);
    final Sales early = new Sales(3);
    final Sales gapped = new Sales(4);
    final Sales forked = new Sales(5);
    private final SigningKey machineKey = Sales.key("machine");
    private final List<SignedReceipt> ofBusy = busy.sellMany(12, 10);
    private final List<SignedReceipt> ofPoor = withLastingBadge(poor).sellMany(4, 10);
    private final List<SignedReceipt> ofEarly = early.sellMany(3, 10);
    private final List<SignedReceipt> ofGapped = gapped.sellMany(4, 10);
    private Hash previous = Hash.ZERO;

    /** All that came before the upgrade. Told again, it changes nothing. */
    void tellPast(TestLog log) {
        open(log, busy, 1, 10_000);
        open(log, poor, 2, 25);
        open(log, gapped, 3, 1_000);
        open(log, forked, 4, 1_000);
        var key = ChainEvents.keyChanged(busy, 5, 1, Sales.key("acting").address(), Sales.NOON + 40L * 365 * 86_400);
        log.send(Topic.CHAIN_PARTIES, busy.customer.address().bytes(), key);
        log.sendRun(busy, ofBusy);
        log.sendRun(poor, ofPoor);
        log.sendRun(early, ofEarly);
        log.sendRun(gapped, ofGapped.subList(0, 1));
        log.sendRun(gapped, ofGapped.subList(2, 4));
        log.sendRun(forked, List.of(forked.receipt(forked.saleAt(10, Sales.NOON), forked.employee, forked.badge)));
        log.producer().flush();
    }

    /** Once: a repeat of these would be told as such. */
    void tellPastOnce(TestLog log) {
        log.sendRun(forked, List.of(forked.receipt(forked.saleAt(11, Sales.NOON), forked.employee, forked.badge)));
        var registered = ChainEvents.machineKey(busy, 6, machineKey.address());
        log.send(Topic.CHAIN_PARTIES, busy.payee.bytes(), registered);
        batch(log, 1, 0, 106);
        batch(log, 2, 40, 107);
        log.send(Topic.EDGE_TELEMETRY, Samples.UNKNOWN.bytes(), Samples.batch(Samples.UNKNOWN));
        log.sendBytes(Topic.EDGE_TELEMETRY, busy.machine.bytes(), new byte[] {9});
        log.sendBytes(Topic.CHAIN_PARTIES, busy.payee.bytes(), new byte[] {9});
        log.producer().flush();
    }

    /** What comes after it: each channel goes on where it stood. */
    void tellFuture(TestLog log) {
        log.sendRun(busy, busy.sellMany(1, 10));
        log.send(Topic.CHAIN_CHANNELS, poor.channel.bytes(), ChainEvents.toppedUp(poor, 7, 1_000, 1_025));
        open(log, early, 8, 1_000);
        log.sendRun(gapped, ofGapped.subList(1, 2));
        batch(log, 3, 80, 90);
        log.producer().flush();
    }

    /** Nothing presses for a redemption, so it stands in the order of what is due. */
    private static Sales withLastingBadge(Sales sales) {
        var badge = new Badge(
                sales.customer.address(), sales.employee.address(), sales.channel, Amount.MAX, 0, 0, 4_000_000_000L);
        sales.badge = TypedData.sign(badge, Sales.PAYMENT, sales.customer);
        return sales;
    }

    private static void open(TestLog log, Sales sales, long block, long deposit) {
        log.send(Topic.CHAIN_CHANNELS, sales.channel.bytes(), ChainEvents.opened(sales, block, deposit));
    }

    /** The machine's batch; the struct hash of the one before is computed where another build told it. */
    private void batch(TestLog log, long number, long second, double temperature) {
        if (number == 3 && previous.equals(Hash.ZERO)) {
            previous = hash(2, 40, 107, hash(1, 0, 106, Hash.ZERO));
        }
        log.send(Topic.EDGE_TELEMETRY, busy.machine.bytes(), record(number, second, temperature));
        previous = hash(number, second, temperature, previous);
    }

    private SpecificRecord record(long number, long second, double temperature) {
        var body = body(second, temperature);
        var batch = new TelemetryBatch(busy.machine, number, previous, Keccak.hash(body));
        return new TelemetryBatchRecord(
                Convert.bytes32(busy.machine),
                number,
                Convert.bytes32(previous),
                ByteBuffer.wrap(body),
                Convert.bytes64(TypedData.sign(batch, Sales.PAYMENT, machineKey).signature()));
    }

    private Hash hash(long number, long second, double temperature, Hash before) {
        return new TelemetryBatch(busy.machine, number, before, Keccak.hash(body(second, temperature))).structHash();
    }

    private static byte[] body(long second, double temperature) {
        var time = Instant.ofEpochSecond(Sales.NOON + second);
        var reading = new Reading("BoilerTempCoffee", "Cel", temperature, time);
        return RecordCodec.perThread().encode(new TelemetryBody(List.of(reading), List.of(), List.of(), time, "1"));
    }
}
