package io.crema.streams.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.events.ChannelBalance;
import io.crema.events.ChannelRedeemed;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.Quarantined;
import io.crema.events.ReceiptAccepted;
import io.crema.events.ReceiptRun;
import io.crema.events.RedeemChannel;
import io.crema.events.RedeemRequested;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.streams.ChainEvents;
import io.crema.streams.Sales;
import io.crema.streams.TopologyRig;
import io.crema.streams.balances.Recent;
import io.crema.streams.redemption.RedemptionPolicy;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalancesTopologyTest {
    private static final RedemptionPolicy POLICY = RedemptionPolicy.of(Amount.of(100), Duration.ofHours(1), 10);

    @TempDir
    Path dir;

    private final Sales sales = new Sales();
    private TopologyRig rig;

    @BeforeEach
    void start() {
        rig = new TopologyRig(
                BalancesTopology.of(new BalancesSettings(1, Sales.PAYMENT, POLICY, 50, Duration.ofSeconds(1))), dir);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldAcceptARunAndBalanceIt() {
        open(1_000);
        publish(sales.sellMany(3, 10));
        var accepted = rig.read(Topic.RECEIPTS, ReceiptAccepted.class);
        assertThat(accepted).extracting(ReceiptAccepted::getSequence).containsExactly(1L, 2L, 3L);
        assertThat(accepted).extracting(ReceiptAccepted::getSignatureChecked).containsExactly(false, false, true);
        var balance = balance();
        assertThat(balance.getAccepted()).isEqualTo(units(30));
        assertThat(balance.getReceipts()).isEqualTo(3);
        assertThat(balance.getStatus()).isEqualTo("OPEN");
        assertThat(balance.getMachine()).isEqualTo(Convert.bytes32(sales.machine));
        assertThat(rig.records(Topic.QUARANTINE)).isEmpty();
    }

    @Test
    void shouldHeadEachAcceptedReceiptByItsChannelAndSequence() {
        open(1_000);
        publish(List.of(sales.sell(10)));
        var headers = rig.records(Topic.RECEIPTS).getFirst().headers();
        assertThat(new String(headers.lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .isEqualTo(sales.channel + ":1");
        assertThat(new String(headers.lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .isEqualTo("io.crema.events.ReceiptAccepted");
    }

    @Test
    void shouldIgnoreARepeatQuietly() {
        open(1_000);
        var run = sales.sellMany(3, 10);
        publish(run);
        rig.records(Topic.RECEIPTS);
        publish(run);
        assertThat(rig.records(Topic.RECEIPTS)).isEmpty();
        assertThat(rig.records(Topic.QUARANTINE)).isEmpty();
    }

    @Test
    void shouldKnowEachAcceptedReceiptAgainHoweverLongAgo() {
        open(10_000);
        List<SignedReceipt> sold = new ArrayList<>();
        for (var i = 0; i < 3 * Recent.MOST; i++) {
            sold.add(sales.sell(10));
            publish(List.of(sold.getLast()));
        }
        var run = sales.sellMany(3, 10);
        publish(run);
        assertThat(rig.records(Topic.RECEIPTS)).hasSize(sold.size() + run.size());
        sold.addAll(run);
        sold.forEach(receipt -> publish(List.of(receipt)));
        publish(sold);
        assertThat(rig.records(Topic.RECEIPTS)).isEmpty();
        assertThat(rig.records(Topic.QUARANTINE)).isEmpty();
        assertThat(balance().getReceipts()).isEqualTo(sold.size());
    }

    @Test
    void shouldSetAsideUntilTheChannelIsKnown() {
        publish(sales.sellMany(2, 10));
        var waiting = balance();
        assertThat(waiting.getWaitingReason()).isEqualTo("UNKNOWN_CHANNEL");
        assertThat(waiting.getWaiting()).isEqualTo(units(20));
        open(1_000);
        var known = balance();
        assertThat(known.getAccepted()).isEqualTo(units(20));
        assertThat(known.getWaitingReceipts()).isZero();
        assertThat(known.getWaitingReason()).isEmpty();
    }

    @Test
    void shouldReadmitWhatATopUpCovers() {
        open(25);
        publish(sales.sellMany(4, 10));
        var short1 = balance();
        assertThat(short1.getAccepted()).isEqualTo(units(20));
        assertThat(short1.getWaitingReceipts()).isEqualTo(2);
        assertThat(short1.getWaitingReason()).isEqualTo("UNCOVERED");
        chain(ChainEvents.toppedUp(sales, 2, 100, 125));
        assertThat(balance().getAccepted()).isEqualTo(units(40));
    }

    @Test
    void shouldWaitForAGapToClose() {
        open(1_000);
        var run = sales.sellMany(5, 10);
        publish(run.subList(0, 1));
        publish(run.subList(3, 5));
        assertThat(balance().getWaitingReason()).isEqualTo("GAP");
        publish(run.subList(1, 3));
        var closed = balance();
        assertThat(closed.getReceipts()).isEqualTo(5);
        assertThat(closed.getWaitingReceipts()).isZero();
    }

    @Test
    void shouldKeepAForkAsEvidence() {
        open(1_000);
        var first = sales.receipt(sales.sale(10), sales.employee, sales.badge);
        var second = sales.receipt(sales.sale(11), sales.employee, sales.badge);
        publish(List.of(first));
        publish(List.of(second));
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .singleElement()
                .satisfies(q -> {
                    assertThat(q.getReason()).isEqualTo("FORK");
                    var run = RecordCodec.perThread().decode(q.getValue().array(), ReceiptRun.class);
                    assertThat(run).isEqualTo(ReceiptRuns.toRecord(sales.channel, List.of(second)));
                });
        assertThat(balance().getForked()).isTrue();
    }

    @Test
    void shouldTakeNoGoodReceiptDownWithABadOne() {
        open(1_000);
        var good = sales.sellMany(3, 10);
        var bad = sales.sell(sales.sale(10), Sales.key("thief"), sales.badge);
        publish(List.of(good.get(0), good.get(1), good.get(2), bad));
        assertThat(balance().getReceipts()).isEqualTo(3);
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .singleElement()
                .satisfies(q -> {
                    assertThat(q.getReason()).isEqualTo("WRONG_SIGNER");
                    assertThat(q.getSequence()).isEqualTo(4L);
                });
        publish(List.of(sales.sell(10)));
        assertThat(balance().getReceipts()).as("a valid later receipt vouches").isEqualTo(5);
    }

    @Test
    void shouldQuarantineWhatItCannotRead() {
        rig.pipeBytes(Topic.EDGE_RECEIPTS, sales.channel.bytes(), new byte[] {9, 9});
        rig.pipe(Topic.EDGE_RECEIPTS, new byte[32], ReceiptRuns.toRecord(sales.channel, sales.sellMany(1, 10)));
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .extracting(Quarantined::getReason)
                .containsExactly("UNDECODABLE", "WRONG_KEY");
    }

    @Test
    void shouldBelieveTheChainOnlyInTheChainsOwnTopic() {
        open(25);
        publish(sales.sellMany(4, 10));
        rig.records(Topic.BALANCES);
        rig.pipeBytes(
                Topic.EDGE_RECEIPTS,
                sales.channel.bytes(),
                RecordCodec.perThread().encode(ChainEvents.toppedUp(sales, 2, 100, 125)));
        assertThat(rig.records(Topic.BALANCES)).isEmpty();
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .singleElement()
                .satisfies(q -> assertThat(q.getReason()).isEqualTo("UNEXPECTED_TYPE"));
    }

    @Test
    void shouldQuarantineWhatIsTooLargeForAnyRecordOfOurs() {
        var huge = new byte[900_000];
        rig.pipeBytes(
                Topic.EDGE_RECEIPTS,
                huge,
                RecordCodec.perThread().encode(ReceiptRuns.toRecord(sales.channel, sales.sellMany(1, 10))));
        rig.pipeBytes(Topic.EDGE_RECEIPTS, sales.channel.bytes(), huge);
        assertThat(rig.records(Topic.QUARANTINE)).hasSize(2).allSatisfy(record -> {
            assertThat(record.key().length + record.value().length).isLessThan(10_000);
        });
    }

    @Test
    void shouldQuarantineAnAmountOfManyDigitsInFewWords() {
        var signed = sales.sell(10);
        var run = ReceiptRuns.toRecord(
                sales.channel, List.of(new SignedReceipt(signed.receipt(), signed.sale(), Optional.empty())));
        var bytes = RecordCodec.perThread().encode(run);
        var total = 5 + 32 + 3;
        assertThat(bytes).as("the total's length, and the total").containsSequence(2, 2, 10);
        var digits = new byte[100_000];
        Arrays.fill(digits, (byte) 0x7f);
        // 100,000 as Avro writes a length
        var forged = ByteBuffer.allocate(bytes.length + 3 + digits.length - 2)
                .put(bytes, 0, total)
                .put(new byte[] {(byte) 0xc0, (byte) 0x9a, 0x0c})
                .put(digits)
                .put(bytes, total + 2, bytes.length - total - 2)
                .array();
        rig.pipeBytes(Topic.EDGE_RECEIPTS, sales.channel.bytes(), forged);
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .singleElement()
                .satisfies(q -> {
                    assertThat(q.getReason()).isEqualTo("MALFORMED_RUN");
                    assertThat(q.getDetail().length()).isLessThan(2_000);
                });
    }

    @Test
    void shouldBoundWhatAForgerCanLeaveBehind() {
        open(1_000);
        var thief = Sales.key("thief");
        for (var i = 0; i < 600; i++) {
            publish(List.of(sales.receipt(sales.sale(10), thief, sales.badge)));
        }
        assertThat(rig.records(Topic.QUARANTINE)).hasSize(600);
        publish(List.of(sales.sell(10)));
        var balance = balance();
        assertThat(balance.getReceipts()).isEqualTo(1);
        assertThat(balance.getWaitingReceipts()).isZero();
    }

    @Test
    void shouldGiveAForgerNoRoomInAGap() {
        open(1_000);
        var run = sales.sellMany(3, 10);
        for (var i = 0; i < 60; i++) {
            var receipt = run.get(2).receipt().content();
            var forged = TypedData.sign(
                    new Receipt(receipt.channel(), 3, Amount.of(i), receipt.history()),
                    Sales.PAYMENT,
                    Sales.key("thief"));
            publish(List.of(
                    new SignedReceipt(forged, run.get(2).sale(), run.get(2).badge())));
        }
        publish(run.subList(2, 3));
        publish(run.subList(0, 2));
        assertThat(balance().getReceipts()).isEqualTo(3);
    }

    @Test
    void shouldReadmitWhatAKeyThatCameLateHadSigned() {
        open(1_000);
        var acting = Sales.key("acting");
        var badge = sales.badge(sales.employee.address(), Amount.MAX, 1, acting);
        var first = sales.sell(sales.sale(10), sales.employee, badge);
        var second = sales.sell(sales.sale(10), sales.employee, badge);
        publish(List.of(second));
        rig.pipe(
                Topic.CHAIN_PARTIES,
                sales.customer.address().bytes(),
                ChainEvents.keyChanged(sales, 9, 1, acting.address(), Sales.NOON + 1_000));
        publish(List.of(first));
        assertThat(balance().getReceipts()).isEqualTo(2);
    }

    @Test
    void shouldAskForOneRedemptionAtATime() {
        open(10_000);
        publish(sales.sellMany(9, 10));
        assertThat(rig.records(Topic.INTENTS)).isEmpty();
        publish(List.of(sales.sell(10)));
        var intent = intent();
        assertThat(intent.getReason()).isEqualTo("THRESHOLD");
        assertThat(intent.getReceipt().getSequence()).isEqualTo(10);
        assertThat(intent.getGain()).isEqualTo(units(100));
        publish(sales.sellMany(20, 10));
        assertThat(rig.records(Topic.INTENTS)).isEmpty();
        end(intent, OutcomeKind.DONE);
        var next = intent();
        assertThat(next.getReceipt().getTotal()).isEqualTo(units(300));
        assertThat(next.getGain()).isEqualTo(units(200));
        assertThat(next.getAttempt()).isEqualTo(1);
    }

    @Test
    void shouldTryTheSameEffectAgainOnlyAfterAFailureAndARest() {
        open(10_000);
        publish(sales.sellMany(10, 10));
        var first = intent();
        end(first, OutcomeKind.FAILED);
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.records(Topic.INTENTS)).isEmpty();
        rig.pass(Duration.ofSeconds(10));
        var second = intent();
        assertThat(second.getEffect()).isEqualTo(first.getEffect());
        assertThat(second.getAttempt()).isEqualTo(2);
        assertThat(second.getIntent()).isNotEqualTo(first.getIntent());
    }

    @Test
    void shouldRedeemAnIdleChannelByTheClock() {
        open(10_000);
        publish(sales.sellMany(2, 10));
        rig.pass(Duration.ofMinutes(59));
        assertThat(rig.records(Topic.INTENTS)).isEmpty();
        rig.pass(Duration.ofMinutes(2));
        assertThat(intent().getReason()).isEqualTo("INTERVAL");
    }

    @Test
    void shouldRedeemOnRequest() {
        open(10_000);
        publish(sales.sellMany(2, 10));
        rig.pipe(
                Topic.CHANNEL_COMMANDS,
                sales.channel.bytes(),
                new RedeemRequested(Convert.bytes32(sales.channel), "a test", Instant.ofEpochSecond(Sales.NOON)));
        assertThat(intent().getReason()).isEqualTo("REQUESTED");
    }

    @Test
    void shouldRedeemWhenACloseIsRequested() {
        open(10_000);
        publish(sales.sellMany(2, 10));
        chain(ChainEvents.closeRequested(sales, 5));
        var intent = intent();
        assertThat(intent.getReason()).isEqualTo("CLOSE_REQUESTED");
        assertThat(intent.getUrgent()).isTrue();
        assertThat(intent.getDeadline()).isEqualTo(Instant.ofEpochSecond(Sales.NOON + 100_000));
    }

    @Test
    void shouldNameAChannelThatTheChainKnowsBetter() {
        open(10_000);
        var run = sales.sellMany(3, 10);
        chain(ChainEvents.redeemed(sales, 4, 30));
        var ahead = balance();
        assertThat(ahead.getAhead()).isTrue();
        assertThat(ahead.getRedeemed()).isEqualTo(units(30));
        publish(run);
        assertThat(balance().getAhead()).isFalse();
    }

    @Test
    void shouldSurviveARedemptionWithASequenceThatOnlyTheChainCanCount() {
        open(10_000);
        publish(sales.sellMany(1, 10));
        chain(new ChannelRedeemed(
                Convert.bytes32(sales.channel),
                ChainEvents.origin(4),
                -1L,
                units(30),
                Convert.bytes32(sales.head.history()),
                units(30),
                units(30)));
        assertThat(balance().getAhead()).isTrue();
        publish(sales.sellMany(1, 10));
        assertThat(balance().getReceipts()).isEqualTo(2);
    }

    @Test
    void shouldTakeBackWhatTheChainTakesBack() {
        open(10_000);
        publish(sales.sellMany(10, 10));
        var first = intent();
        chain(ChainEvents.redeemed(sales, 4, 100));
        end(first, OutcomeKind.DONE);
        assertThat(balance().getRedeemed()).isEqualTo(units(100));
        chain(ChainEvents.reversed(sales, 4, "ChannelRedeemed"));
        assertThat(balance().getRedeemed()).isEqualTo(units(0));
        var again = intent();
        assertThat(again.getEffect()).isEqualTo(first.getEffect());
        assertThat(again.getAttempt()).isEqualTo(2);
    }

    @Test
    void shouldJudgeABadgeByTheEpochAtTheSale() {
        open(10_000);
        rig.pipe(
                Topic.CHAIN_PARTIES,
                sales.customer.address().bytes(),
                ChainEvents.keyChanged(sales, 9, 1, Address.ZERO, Sales.NOON + 1_000));
        publish(List.of(sales.sell(sales.saleAt(10, Sales.NOON + 999), sales.employee, sales.badge)));
        assertThat(balance().getReceipts()).isEqualTo(1);
        publish(List.of(sales.sell(sales.saleAt(10, Sales.NOON + 1_000), sales.employee, sales.badge)));
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .singleElement()
                .satisfies(q -> assertThat(q.getReason()).isEqualTo("BADGE_OLD_EPOCH"));
    }

    @Test
    void shouldBoundWhatWaits() {
        publish(sales.sellMany(60, 1));
        assertThat(balance().getWaitingReceipts()).isEqualTo(50);
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .hasSize(10)
                .allSatisfy(q -> assertThat(q.getReason()).isEqualTo("TOO_MANY_WAITING"));
    }

    private void open(long deposit) {
        chain(ChainEvents.opened(sales, 1, deposit));
    }

    private void chain(SpecificRecord event) {
        rig.pipe(Topic.CHAIN_CHANNELS, sales.channel.bytes(), event);
    }

    private void publish(List<SignedReceipt> run) {
        rig.pipe(Topic.EDGE_RECEIPTS, sales.channel.bytes(), ReceiptRuns.toRecord(sales.channel, run));
    }

    private ChannelBalance balance() {
        return rig.read(Topic.BALANCES, ChannelBalance.class).getLast();
    }

    private RedeemChannel intent() {
        var intents = rig.read(Topic.INTENTS, RedeemChannel.class);
        assertThat(intents).hasSize(1);
        return intents.getFirst();
    }

    private void end(RedeemChannel intent, OutcomeKind kind) {
        rig.pipe(
                Topic.OUTCOMES,
                sales.channel.bytes(),
                new Outcome(
                        intent.getChannel(),
                        intent.getIntent(),
                        intent.getEffect(),
                        intent.getAttempt(),
                        kind,
                        intent.getReceipt().getTotal(),
                        null,
                        "",
                        Instant.ofEpochSecond(Sales.NOON)));
    }

    private static BigDecimal units(long value) {
        return BigDecimal.valueOf(value);
    }
}
