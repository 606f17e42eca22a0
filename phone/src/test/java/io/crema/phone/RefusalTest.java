package io.crema.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.tap.Command;
import io.crema.contracts.tap.Response;
import io.crema.contracts.tap.TapProtocol;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RefusalTest {
    @Test
    void shouldSignWhatIsRightAndGiveTheSameSignatureAgain() throws Exception {
        var desk = new Desk();
        var first = desk.tap();
        assertThat(desk.tap()).isEqualTo(first);
        desk.commit();
        desk.placement = Optional.empty();
        desk.tariff = Optional.empty();
        desk.previousBy(
                desk.employee,
                Optional.of(desk.sign(desk.badge(desk.employee, 10_000), desk.customer)),
                desk.proposed());
        desk.sale = desk.sale(150, 30, Desk.NOW);
        desk.tap();
        assertThat(desk.wallet.newest(desk.channel).orElseThrow().sequence()).isEqualTo(2);
    }

    @Test
    void shouldHandOutLongAnswersToAReaderThatAsksInTheClassOfItsCommand() throws Exception {
        var desk = new Desk();
        desk.tap();
        desk.commit();
        desk.previousBy(
                desk.employee,
                Optional.of(desk.sign(desk.badge(desk.employee, 10_000), desk.customer)),
                desk.proposed());
        desk.sale = desk.sale(150, 30, Desk.NOW);
        var parts = new AtomicInteger();
        desk.link = apdu -> {
            var whole = new ByteArrayOutputStream();
            var answer = Response.decode(desk.card.process(apdu));
            while (answer.word() >>> 8 == 0x61) {
                parts.incrementAndGet();
                whole.writeBytes(answer.data());
                var more = new Command(apdu[0] & 0xff, TapProtocol.GET_RESPONSE, 0, 0, new byte[0]);
                answer = Response.decode(desk.card.process(more.encode()));
            }
            whole.writeBytes(answer.data());
            return new Response(whole.toByteArray(), answer.word()).encode();
        };
        assertThat(desk.tap()).isNotNull();
        assertThat(parts).hasPositiveValue();
    }

    @Test
    void shouldRefuseForeignPapersOfThePlace() {
        refuses(TapStatus.VERSION_UNKNOWN, it -> it.offered = 0);
        refuses(TapStatus.HELLO_FORGED, it -> it.helloOffered = 2);
        refuses(TapStatus.HELLO_FORGED, it -> it.helloKey = it.colleague);
        refuses(TapStatus.NO_BADGE, it -> it.customerSaid = it.colleague.address());
        refuses(TapStatus.PLACEMENT_MISSING, it -> it.placement = Optional.empty());
        refuses(
                TapStatus.PLACEMENT_FORGED,
                it -> it.placement = Optional.of(it.sign(it.placementUntil(Desk.NOW + 1), it.manufacturer)));
        refuses(
                TapStatus.PLACEMENT_ENDED,
                it -> it.placement = Optional.of(it.sign(it.placementUntil(Desk.NOW - 1), it.customer)));
        refuses(TapStatus.PLACEMENT_OTHER, it -> it.machineSaid = new MachineId(Hash.ZERO));
        refuses(
                TapStatus.PLACEMENT_OTHER,
                it -> it.placement = Optional.of(it.sign(
                        new Placement(
                                it.channel,
                                new MachineId(Hash.ZERO),
                                it.machineKey.address(),
                                it.customer.address(),
                                6,
                                Desk.NOW + 9),
                        it.customer)));
    }

    @Test
    void shouldRefusePricesThatTheManufacturerDidNotSign() {
        refuses(TapStatus.TARIFF_MISSING, it -> it.tariff = Optional.empty());
        refuses(TapStatus.TARIFF_FORGED, it -> it.tariff = Optional.of(it.sign(it.tariff(3), it.customer)));
        refuses(
                TapStatus.TARIFF_OTHER,
                it -> it.tariff = Optional.of(
                        it.sign(new Tariff(new MachineId(Hash.ZERO), 3, 0, Desk.ITEMS.root()), it.manufacturer)));
        refuses(
                TapStatus.TARIFF_EARLY,
                it -> it.tariff = Optional.of(
                        it.sign(new Tariff(it.machine, 3, Desk.NOW + 1, Desk.ITEMS.root()), it.manufacturer)));
        refuses(TapStatus.PRICE_NOT_IN_TARIFF, it -> it.sale = it.sale(151, 0, Desk.NOW));
        refuses(TapStatus.PRICE_NOT_IN_TARIFF, it -> it.priceProof = List.of());
        refuses(TapStatus.PRICE_NOT_IN_TARIFF, it -> it.tariff = Optional.of(it.sign(it.tariff(4), it.manufacturer)));
    }

    @Test
    void shouldRefuseATariffThatFallsBack() throws Exception {
        var desk = new Desk();
        desk.tap();
        desk.tariff = Optional.of(desk.sign(desk.tariff(2), desk.manufacturer));
        assertThat(desk.refusal()).contains(TapStatus.TARIFF_FELL);
        desk.tariff = Optional.of(
                desk.sign(new Tariff(desk.machine, 3, Desk.NOW - 99, Desk.ITEMS.root()), desk.manufacturer));
        assertThat(desk.refusal()).contains(TapStatus.TARIFF_FELL);
    }

    @Test
    void shouldRefuseAStolenKeyOnceTheCompanyHasPlacedAnother() throws Exception {
        var desk = new Desk();
        var stolen = desk.placement;
        desk.tap();

        desk.helloKey = desk.colleague;
        desk.offerKey = desk.colleague;
        desk.placement = Optional.of(desk.sign(
                new Placement(
                        desk.channel,
                        desk.machine,
                        desk.colleague.address(),
                        desk.customer.address(),
                        6,
                        Desk.NOW + 2000),
                desk.customer));
        desk.sale = desk.sale(150, 0, Desk.NOW);
        assertThat(desk.refusal()).isEmpty();

        desk.helloKey = desk.machineKey;
        desk.offerKey = desk.machineKey;
        desk.placement = stolen;
        desk.sale = desk.sale(150, 0, Desk.NOW);
        assertThat(desk.refusal()).contains(TapStatus.PLACEMENT_ENDED);
    }

    @Test
    void shouldTakeAShorterPlacementOfTheCompanysNextKey() throws Exception {
        var desk = new Desk();
        desk.tap();
        var badge = desk.sign(desk.badge(desk.employee, 10_000), desk.customer);
        desk.wallet.join(new Company(
                desk.customer.address(),
                List.of(desk.colleague.address(), desk.customer.address()),
                Optional.of(badge)));
        desk.placement = Optional.of(desk.sign(desk.placementUntil(Desk.NOW + 500), desk.colleague));
        assertThat(desk.refusal()).isEmpty();
        assertThat(desk.wallet.placement(desk.channel)).isEqualTo(desk.placement);
    }

    @Test
    void shouldRememberWhatWasCommittedBeforeAReceiptThatWasNot() throws Exception {
        var desk = new Desk();
        var empty = desk.head;
        desk.tap();
        desk.poured(150);
        assertThat(desk.refusal()).isEmpty();
        desk.sale = desk.sale(150, 0, Desk.NOW);
        assertThat(desk.refusal()).as("the machine offers anew").isEmpty();

        desk.previous = Optional.empty();
        desk.head = empty;
        desk.sale = desk.sale(150, 0, Desk.NOW);
        assertThat(desk.refusal()).contains(TapStatus.BEHIND);
        assertThat(desk.wallet.newest(desk.channel).orElseThrow().sequence()).isEqualTo(2);
    }

    @Test
    void shouldNotLetAnotherPayeeSetTheTariffOfAMachine() throws Exception {
        var desk = new Desk();
        desk.tap();
        desk.commit();
        desk.payeeSaid = desk.colleague;
        desk.placement = Optional.of(desk.sign(
                new Placement(
                        ChannelId.of(desk.customer.address(), desk.colleague.address(), 3),
                        desk.machine,
                        desk.machineKey.address(),
                        desk.customer.address(),
                        6,
                        Desk.NOW + 9),
                desk.customer));
        desk.head = ChannelHead.start(desk.placement.get().content().channel());
        desk.tariff =
                Optional.of(desk.sign(new Tariff(desk.machine, 0xffff_ffffL, 0, Desk.ITEMS.root()), desk.colleague));
        desk.sale = new Sale(
                desk.machine,
                Desk.ESPRESSO,
                Amount.of(150),
                Amount.ZERO,
                desk.employee.address(),
                0xffff_ffffL,
                Desk.NOW,
                desk.nonce());
        assertThat(desk.refusal()).isEmpty();

        desk.payeeSaid = desk.manufacturer;
        desk.placement = Optional.empty();
        desk.tariff = Optional.of(desk.sign(desk.tariff(3), desk.manufacturer));
        desk.head = ChannelHead.start(desk.channel);
        desk.sale = desk.sale(150, 0, Desk.NOW);
        assertThat(desk.refusal()).as("only its receipt is not shown").contains(TapStatus.BEHIND);
    }

    @Test
    void shouldRefuseSalesThatAreNotThisOne() {
        refuses(TapStatus.SALE_OTHER_MACHINE, it -> it.sale = changed(it.sale, new MachineId(Hash.ZERO)));
        refuses(
                TapStatus.SALE_OTHER_EMPLOYEE,
                it -> it.sale = new Sale(
                        it.machine,
                        Desk.ESPRESSO,
                        Amount.of(150),
                        Amount.ZERO,
                        it.colleague.address(),
                        3,
                        Desk.NOW,
                        Hash.ZERO));
        refuses(TapStatus.CREDIT_ABOVE_PRICE, it -> {
            it.receipt = Optional.of(it.proposed());
            it.sale = it.sale(150, 151, Desk.NOW);
        });
        refuses(TapStatus.TIME_APART, it -> it.sale = it.sale(150, 0, Desk.NOW + 301));
        refuses(TapStatus.TIME_APART, it -> it.sale = it.sale(150, 0, Desk.NOW - 301));
    }

    @Test
    void shouldRefuseReceiptsThatDoNotFollow() {
        refuses(TapStatus.SEQUENCE_WRONG, it -> it.receipt = Optional.of(with(it.proposed(), 2, 150)));
        refuses(TapStatus.TOTAL_WRONG, it -> it.receipt = Optional.of(with(it.proposed(), 1, 151)));
        refuses(
                TapStatus.HISTORY_WRONG,
                it -> it.receipt = Optional.of(new Receipt(it.channel, 1, Amount.of(150), Hash.ZERO)));
    }

    @Test
    void shouldCheckThePreviousReceiptItsSignatureAndItsBadge() {
        refuses(TapStatus.PREVIOUS_FORGED, it -> it.previousBy(it.colleague, Optional.empty(), earlier(it, 5, 500)));
        refuses(
                TapStatus.PREVIOUS_FORGED,
                it -> it.previousBy(
                        it.colleague,
                        Optional.of(it.sign(it.badge(it.colleague, 900), it.manufacturer)),
                        earlier(it, 5, 500)));
        refuses(
                TapStatus.PREVIOUS_FORGED,
                it -> it.previousBy(
                        it.machineKey,
                        Optional.of(it.sign(it.badge(it.colleague, 900), it.customer)),
                        earlier(it, 5, 500)));
        refuses(
                TapStatus.PREVIOUS_BADGE,
                it -> it.previousBy(
                        it.colleague,
                        Optional.of(it.sign(it.badge(it.colleague, 499), it.customer)),
                        earlier(it, 5, 500)));
        accepts(it -> it.previousBy(
                it.colleague, Optional.of(it.sign(it.badge(it.colleague, 500), it.customer)), earlier(it, 5, 500)));
        accepts(it -> it.previousBy(it.customer, Optional.empty(), earlier(it, 5, 500)));
    }

    @Test
    void shouldRefuseAnOfferThatTheMachineDidNotSign() {
        refuses(TapStatus.OFFER_FORGED, it -> it.offerKey = it.colleague);
    }

    @Test
    void shouldRemainTrueToWhatWasCommitted() throws Exception {
        var desk = new Desk();
        var badge = Optional.of(desk.sign(desk.badge(desk.colleague, 10_000), desk.customer));
        desk.previousBy(desk.colleague, badge, earlier(desk, 5, 500));
        desk.tap();
        desk.sale = desk.sale(150, 0, Desk.NOW);
        desk.tap();
        desk.commit();
        desk.sale = desk.sale(150, 0, Desk.NOW);
        assertThat(desk.refusal()).contains(TapStatus.BEHIND);
        desk.previousBy(desk.colleague, badge, earlier(desk, 6, 650));
        assertThat(desk.refusal()).contains(TapStatus.FORKED);
        desk.previousBy(desk.colleague, badge, earlier(desk, 7, 900));
        assertThat(desk.refusal()).isEmpty();
    }

    @Test
    void shouldKeepToItsOwnBadgeAndLimits() {
        refuses(
                TapStatus.BADGE_CAP,
                it -> it.wallet.join(Company.of(it.sign(it.badge(it.employee, 149), it.customer))));
        refuses(TapStatus.BADGE_NOT_VALID, it -> {
            it.now = it.now.plusSeconds(200_000);
            it.placement = Optional.of(it.sign(it.placementUntil(Desk.NOW + 900_000), it.customer));
            it.sale = it.sale(150, 0, Desk.NOW + 200_000);
        });
        refuses(TapStatus.LIMIT_REACHED, it -> it.wallet.limit(new Limits(Amount.MAX, Amount.of(149))));
        refuses(TapStatus.MUST_CONFIRM, it -> it.wallet.limit(new Limits(Amount.of(149), Amount.MAX)));
    }

    @Test
    void shouldCountADayOnceForAReceiptThatIsSignedAnew() throws Exception {
        var desk = new Desk();
        desk.wallet.limit(new Limits(Amount.MAX, Amount.of(310)));
        desk.tap();
        desk.sale = desk.sale(150, 0, Desk.NOW);
        desk.tap();
        desk.previousBy(
                desk.employee,
                Optional.of(desk.sign(desk.badge(desk.employee, 10_000), desk.customer)),
                desk.proposed());
        desk.sale = desk.sale(150, 0, Desk.NOW);
        desk.tap();
        desk.sale = desk.sale(150, 0, Desk.NOW);
        assertThat(desk.refusal()).isEmpty();
        desk.previousBy(
                desk.employee,
                Optional.of(desk.sign(desk.badge(desk.employee, 10_000), desk.customer)),
                desk.proposed());
        desk.sale = desk.sale(150, 0, Desk.NOW);
        assertThat(desk.refusal()).contains(TapStatus.LIMIT_REACHED);
    }

    @Property(tries = 500)
    void shouldAnswerAnyBytesWithAStatusWord(@ForAll List<@Size(max = 262) byte[]> commands) {
        var desk = new Desk();
        for (var command : commands) {
            assertThat(desk.card.process(command)).hasSizeBetween(2, 242);
        }
    }

    private static void refuses(TapStatus expected, Consumer<Desk> change) {
        var desk = new Desk();
        change.accept(desk);
        assertThat(desk.refusal()).contains(expected);
        assertThat(desk.wallet.newest(desk.channel)).isEmpty();
    }

    private static void accepts(Consumer<Desk> change) {
        var desk = new Desk();
        change.accept(desk);
        assertThat(desk.refusal()).isEmpty();
    }

    private static Receipt earlier(Desk desk, long sequence, long total) {
        return new Receipt(desk.channel, sequence, Amount.of(total), Hash.ZERO);
    }

    private static Receipt with(Receipt receipt, long sequence, long total) {
        return new Receipt(receipt.channel(), sequence, Amount.of(total), receipt.history());
    }

    private static Sale changed(Sale it, MachineId machine) {
        return new Sale(
                machine, it.product(), it.price(), it.credit(), it.employee(), it.tariff(), it.time(), it.salt());
    }
}
