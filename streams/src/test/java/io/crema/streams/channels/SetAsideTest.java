package io.crema.streams.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.events.ChannelBalance;
import io.crema.events.Quarantined;
import io.crema.events.RedeemChannel;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.streams.ChainEvents;
import io.crema.streams.Sales;
import io.crema.streams.TopologyRig;
import io.crema.streams.figures.Figure;
import io.crema.streams.figures.Figures;
import io.crema.streams.records.StoredFigures;
import io.crema.streams.records.TimeIndex;
import io.crema.streams.redemption.RedemptionPolicy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stores say of receipts that wait, repeat or were taken back, and of channels that are due at once. */
class SetAsideTest {
    private static final int DUE_AT_ONCE = 2_300;

    @TempDir
    Path dir;

    private final Sales sales = new Sales();
    private TopologyRig rig;

    @BeforeEach
    void start() {
        var policy = RedemptionPolicy.of(Amount.of(100), Duration.ofHours(1), 0);
        rig = new TopologyRig(
                BalancesTopology.of(new BalancesSettings(1, Sales.PAYMENT, policy, 50, Duration.ofSeconds(1))), dir);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldKeepWhatWaitsInOrderOfTime() {
        var later = new Sales(1);
        publish(sales, sales.sellMany(2, 10));
        rig.pass(Duration.ofMinutes(5));
        publish(later, later.sellMany(1, 10));
        assertThat(oldest(TimeIndex.Kind.WAITING)).isEqualTo(Instant.ofEpochSecond(Sales.NOON));
        open(sales, 1_000);
        assertThat(oldest(TimeIndex.Kind.WAITING)).isEqualTo(Instant.ofEpochSecond(Sales.NOON + 300));
        assertThat(oldest(TimeIndex.Kind.UNREDEEMED)).isEqualTo(Instant.ofEpochSecond(Sales.NOON + 300));
        open(later, 1_000);
        assertThat(TimeIndex.oldest(rig.store(BalancesTopology.SINCE), TimeIndex.Kind.WAITING))
                .isEmpty();
    }

    @Test
    void shouldAnswerADuplicateAsAcceptedWhateverItsBytes() {
        open(sales, 1_000);
        var receipt = sales.sell(10);
        publish(sales, List.of(receipt));
        var again = TypedData.sign(receipt.receipt().content(), Sales.PAYMENT, Sales.key("somebody"));
        publish(sales, List.of(new SignedReceipt(again, receipt.sale(), receipt.badge())));
        publish(sales, List.of(receipt));
        assertThat(rig.records(Topic.QUARANTINE)).isEmpty();
        assertThat(rig.records(Topic.RECEIPTS)).hasSize(1);
        assertThat(figure(Figure.RECEIPTS_ACCEPTED)).isEqualTo(1);
        assertThat(figure(Figure.RECEIPTS_REPEATED)).isEqualTo(2);
    }

    @Test
    void shouldCheckOneSignatureOfARunAndFallBackWhenItFails() {
        open(sales, 10_000);
        publish(sales, sales.sellMany(100, 1));
        assertThat(figure(Figure.SIGNATURES_CHECKED)).isEqualTo(1);
        assertThat(figure(Figure.RUN_FALLBACKS)).isZero();
        var run = new ArrayList<>(sales.sellMany(3, 1));
        run.add(sales.sell(sales.sale(1), Sales.key("thief"), sales.badge));
        publish(sales, run);
        assertThat(figure(Figure.RECEIPTS_ACCEPTED)).isEqualTo(103);
        assertThat(figure(Figure.SIGNATURES_CHECKED))
                .as("the bad one, the one before, the bad one as a link")
                .isEqualTo(4);
        assertThat(figure(Figure.RUN_FALLBACKS)).isEqualTo(1);
    }

    @Test
    void shouldCountACreditAndRefuseOneAboveThePrice() {
        open(sales, 1_000);
        publish(sales, sales.sellMany(1, 10));
        publish(sales, List.of(sales.sell(credited(10, 4), sales.employee, sales.badge)));
        assertThat(balance().getAccepted()).isEqualTo(BigDecimal.valueOf(16));
        var free = sales.sell(credited(10, 10), sales.employee, sales.badge);
        publish(sales, List.of(free));
        assertThat(balance().getAccepted()).isEqualTo(BigDecimal.valueOf(16));
        var above = new SignedReceipt(free.receipt(), credited(10, 11), free.badge());
        publish(sales, List.of(above));
        assertThat(rig.read(Topic.QUARANTINE, Quarantined.class))
                .singleElement()
                .satisfies(q -> assertThat(q.getReason()).isEqualTo("CREDIT_ABOVE_PRICE"));
    }

    @Test
    void shouldKeepWhatIsAcceptedWhenTheChainTakesTheDepositBack() {
        open(sales, 1_000);
        publish(sales, sales.sellMany(3, 10));
        chain(sales, ChainEvents.reversed(sales, 1, "ChannelOpened"));
        publish(sales, sales.sellMany(1, 10));
        var without = balance();
        assertThat(without.getAccepted()).isEqualTo(BigDecimal.valueOf(30));
        assertThat(without.getWaitingReceipts()).isEqualTo(1);
        assertThat(figure(Figure.UNCOVERED)).isEqualTo(30);
        chain(sales, ChainEvents.opened(sales, 9, 1_000));
        assertThat(balance().getAccepted()).isEqualTo(BigDecimal.valueOf(40));
        assertThat(figure(Figure.UNCOVERED)).isZero();
    }

    @Test
    void shouldFlagAForkThatTheChainHasRedeemed() {
        open(sales, 1_000);
        var accepted = sales.receipt(sales.sale(10), sales.employee, sales.badge);
        publish(sales, List.of(accepted));
        sales.sell(11);
        chain(sales, ChainEvents.redeemed(sales, 5, 11));
        assertThat(balance().getForked()).isTrue();
        assertThat(figure(Figure.CHANNELS_FORKED)).isEqualTo(1);
    }

    @Test
    void shouldLetNoChannelStarveThatIsDueWithManyOthers() {
        List<Sales> all = new ArrayList<>();
        for (var i = 0; i < DUE_AT_ONCE; i++) {
            var one = new Sales(i + 1);
            all.add(one);
            open(one, 1_000);
            publish(one, one.sellMany(1, 10));
        }
        rig.pass(Duration.ofMinutes(61));
        var asked = new ArrayList<>(rig.read(Topic.INTENTS, RedeemChannel.class));
        assertThat(asked)
                .as("one look is bounded, so that receipts do not wait")
                .hasSize(1_000);
        publish(all.getLast(), all.getLast().sellMany(1, 10));
        for (var look = 0; look < 2; look++) {
            rig.pass(Duration.ofSeconds(1));
            asked.addAll(rig.read(Topic.INTENTS, RedeemChannel.class));
        }
        assertThat(asked)
                .extracting(RedeemChannel::getChannel)
                .doesNotHaveDuplicates()
                .hasSize(DUE_AT_ONCE);
        assertThat(rig.store(BalancesTopology.DUE).approximateNumEntries()).isZero();
    }

    private Instant oldest(TimeIndex.Kind kind) {
        return TimeIndex.oldest(rig.store(BalancesTopology.SINCE), kind).orElseThrow();
    }

    private long figure(Figure figure) {
        var bytes = rig.store(BalancesTopology.CHANNEL_FIGURES).get(StoredFigures.key(0));
        return Figures.fromBytes(bytes).get(figure).longValueExact();
    }

    private Sale credited(long price, long credit) {
        var sale = sales.sale(price);
        return new Sale(
                sale.machine(),
                sale.product(),
                sale.price(),
                Amount.of(credit),
                sale.employee(),
                sale.tariff(),
                sale.time(),
                sale.salt());
    }

    private ChannelBalance balance() {
        return rig.read(Topic.BALANCES, ChannelBalance.class).getLast();
    }

    private void open(Sales of, long deposit) {
        chain(of, ChainEvents.opened(of, of.index + 1, deposit));
    }

    private void chain(Sales of, SpecificRecord event) {
        rig.pipe(Topic.CHAIN_CHANNELS, of.channel.bytes(), event);
    }

    private void publish(Sales of, List<SignedReceipt> run) {
        rig.pipe(Topic.EDGE_RECEIPTS, of.channel.bytes(), ReceiptRuns.toRecord(of.channel, run));
    }
}
