package io.crema.edge.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.Offered;
import io.crema.contracts.tap.Proof;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.edge.Office;
import io.crema.edge.journal.FileLog;
import io.crema.edge.journal.Position;
import io.crema.edge.world.SimulatedHardware;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EdgeNodeTest {
    private final Office office = new Office();
    private final SimulatedHardware body = new SimulatedHardware();

    @TempDir
    Path dir;

    @Test
    void shouldCreditFailedPoursInFullOverCheaperDrinksAndOtherEmployees() {
        var rig = rig("a");
        var first = rig.phone();
        var second = rig.phone();
        body.failNextPours(2, "The cup is missing.");
        assertThat(rig.press(Office.LATTE, first)).isInstanceOf(TapOutcome.Failed.class);
        assertThat(rig.press(Office.LATTE, second)).isInstanceOfSatisfying(TapOutcome.Failed.class, failed -> {
            assertThat(failed.failure().isSignedBy(office.machineKey.address(), office.domains.payment()))
                    .isTrue();
            assertThat(failed.failure().content().amount()).isEqualTo(Amount.of(2_500_000));
        });
        assertThat(served(rig.press(Office.ESPRESSO, second)).sale().credit()).isEqualTo(Amount.of(1_500_000));
        assertThat(served(rig.press(Office.ESPRESSO, first)).sale().credit()).isEqualTo(Amount.of(1_000_000));
        assertThat(served(rig.press(Office.LATTE, first)).sale().credit()).isEqualTo(Amount.ZERO);
        assertThat(rig.ledger.credit()).isEqualTo(Amount.ZERO);
        // paid 2.5 once for a failure whose credit the second failure used up, then 0.5, then 2.5
        assertThat(total(rig)).isEqualTo(Amount.of(1_500_000 * 2 + 2_500_000));
        assertThat(rig.ledger.unreported()).hasSize(2);
    }

    @Test
    void shouldServeOnlyWhileTheDepositLasts() {
        var rig = rig("a");
        rig.told = rig.told.withDeposited(Amount.of(4_000_000));
        var phone = rig.phone();
        served(rig.press(Office.LATTE, phone));
        served(rig.press(Office.ESPRESSO, phone));
        assertRefused(rig.press(Office.ESPRESSO, phone), Refusal.NO_CREDIT);
        rig.told = rig.told.withDeposited(Amount.of(5_500_000));
        served(rig.press(Office.ESPRESSO, phone));
    }

    @Test
    void shouldStopAtItsCapsAndHorizon() {
        var rig = new Rig(office, FileLog.open(dir.resolve("caps"), "journal"), body, new Caps(100, true));
        var phone = rig.phone();
        for (var cup = 0; cup < Caps.CUPS_WITHOUT_A_CLOCK; cup++) {
            served(rig.press(Office.ESPRESSO, phone));
        }
        assertRefused(rig.press(Office.ESPRESSO, phone), Refusal.COUNT_CAP);
        rig.node.learn(new Fact.Block(1, office.now));
        served(rig.press(Office.ESPRESSO, phone));
        office.pass(Duration.ofHours(48).toSeconds() + 1);
        assertRefused(rig.press(Office.ESPRESSO, phone), Refusal.OFFLINE_TOO_LONG);
    }

    @Test
    void shouldRefuseBadgesThatDoNotCount() {
        var rig = rig("a");
        var stranger = SigningKey.generate(office.random);
        var wallet = office.wallet(stranger, new MemoryWalletStore(), office.badge(stranger));
        var old = office.provisioning;
        rig.told = new io.crema.edge.Provisioning(
                old.machine(),
                old.serial(),
                old.domains(),
                old.customer(),
                old.payee(),
                old.index(),
                old.token(),
                old.decimals(),
                old.deposited(),
                old.challengePeriodMinutes(),
                old.placement(),
                old.tariffs(),
                old.productNames(),
                2,
                old.signer());
        assertRefused(rig.press(Office.ESPRESSO, new PhoneCard(wallet)), Refusal.BADGE_REFUSED);
        rig.told = new io.crema.edge.Provisioning(
                old.machine(),
                old.serial(),
                old.domains(),
                old.customer(),
                old.payee(),
                old.index(),
                old.token(),
                old.decimals(),
                old.deposited(),
                old.challengePeriodMinutes(),
                old.placement(),
                old.tariffs(),
                old.productNames(),
                1,
                Office.address(77));
        assertRefused(rig.press(Office.ESPRESSO, new PhoneCard(wallet)), Refusal.BADGE_FORGED);
        assertRefused(
                rig.press(io.crema.contracts.value.ProductId.named("Tea"), new PhoneCard(wallet)),
                Refusal.UNKNOWN_PRODUCT);
        assertThat(body.cups()).isZero();
    }

    @Test
    void shouldChangePricesWhenTheNextTariffComesIntoForce() {
        var rig = rig("a");
        var phone = rig.phone();
        rig.told = office.with(List.of(
                office.tariff(1, Office.START - 1000, 1_500_000, 2_500_000),
                office.tariff(2, Office.START + 600, 1_700_000, 2_700_000)));
        assertThat(served(rig.press(Office.ESPRESSO, phone)).sale().price()).isEqualTo(Amount.of(1_500_000));
        office.pass(700);
        assertThat(served(rig.press(Office.ESPRESSO, phone)).sale().price()).isEqualTo(Amount.of(1_700_000));
        rig.told = office.provisioning;
        assertRefused(rig.press(Office.ESPRESSO, phone), Refusal.PHONE_REFUSED);
    }

    @Test
    void shouldNeverDoubleNorPourUnpaidWhereverTheTapIsTorn() {
        for (var after : List.of(false, true)) {
            for (var limit = 0; ; limit++) {
                var name = limit + "-" + after;
                var hardware = new SimulatedHardware();
                var rig = new Rig(office, FileLog.open(dir.resolve(name), "journal"), hardware);
                var phone = rig.phone();
                served(rig.press(Office.LATTE, phone));
                var press = new Press(Office.ESPRESSO, office.attempt());
                var torn = rig.press(press, phone, limit, after);
                if (!(torn instanceof TapOutcome.Served)) {
                    assertThat(hardware.cups()).as(name).isEqualTo(1);
                    assertThat(rig.ledger
                                    .newest()
                                    .orElseThrow()
                                    .receipt()
                                    .content()
                                    .sequence())
                            .isEqualTo(1);
                }
                office.pass(20);
                var again = served(rig.press(press, phone, Integer.MAX_VALUE, false));
                assertThat(again.receipt().content().sequence()).as(name).isEqualTo(2);
                assertThat(hardware.cups()).as(name).isEqualTo(2);
                assertThat(served(rig.press(Office.LATTE, phone))
                                .receipt()
                                .content()
                                .sequence())
                        .isEqualTo(3);
                assertThat(served(rig.press(Office.LATTE, rig.phone()))
                                .receipt()
                                .content()
                                .sequence())
                        .isEqualTo(4);
                assertThat(rig.ledger.credit()).isEqualTo(Amount.ZERO);
                assertChain(rig);
                if (limit > 14) {
                    break;
                }
            }
        }
    }

    @Test
    void shouldSellAnotherCupToAnotherPhoneAfterATornTap() {
        for (var limit = 0; limit < 12; limit++) {
            var rig = new Rig(office, FileLog.open(dir.resolve("other" + limit), "journal"), new SimulatedHardware());
            var torn = rig.phone();
            var first = rig.press(new Press(Office.ESPRESSO, office.attempt()), torn, limit, true);
            var paid = first instanceof TapOutcome.Served ? 1 : 0;
            served(rig.press(Office.LATTE, rig.phone()));
            served(rig.press(Office.LATTE, torn));
            assertThat(rig.body.cups()).isEqualTo(2 + paid);
            assertThat(rig.ledger.credit()).isEqualTo(Amount.ZERO);
            assertChain(rig);
        }
    }

    @Test
    void shouldSurviveACrashAtEachWriteAndEndInExactlyOneCup() {
        for (var written : List.of(false, true)) {
            for (var at = 0; at < 5; at++) {
                var path = dir.resolve("crash-" + at + written);
                var hardware = new SimulatedHardware();
                var log = FileLog.open(path, "journal");
                var crashing = new CrashingLog(log, at, written);
                var rig = new Rig(office, crashing, hardware);
                var phone = rig.phone();
                var press = new Press(Office.ESPRESSO, office.attempt());
                if (at < 4) {
                    try {
                        rig.press(press, phone, Integer.MAX_VALUE, false);
                        fail("no crash at write " + at);
                    } catch (CrashingLog.Crash expected) {
                        // the power is gone
                    }
                }
                log.close();
                var again = new Rig(office, FileLog.open(path, "journal"), hardware);
                assertThat(served(again.press(press, phone, Integer.MAX_VALUE, false))
                                .receipt()
                                .content()
                                .sequence())
                        .isEqualTo(1);
                assertThat(hardware.cups()).isEqualTo(1);
                assertThat(again.ledger.credit()).isEqualTo(Amount.ZERO);
                assertChain(again);
                again.ledger.close();
            }
        }
    }

    @Test
    void shouldOweTheCupWhenNobodyKnowsWhetherItWasPoured() {
        var path = dir.resolve("uncertain");
        var log = FileLog.open(path, "journal");
        var rig = new Rig(office, new CrashingLog(log, 3, false), body);
        var phone = rig.phone();
        var press = new Press(Office.ESPRESSO, office.attempt());
        try {
            rig.press(press, phone, Integer.MAX_VALUE, false);
            fail("no crash");
        } catch (CrashingLog.Crash expected) {
            log.close();
        }
        var forgetful = new Hardware() {
            @Override
            public PourResult pour(io.crema.contracts.value.Hash job, io.crema.contracts.value.ProductId product) {
                return new PourResult.Poured();
            }

            @Override
            public JobState recall(io.crema.contracts.value.Hash job) {
                return JobState.UNKNOWN;
            }

            @Override
            public List<SensorValue> sensors() {
                return List.of();
            }
        };
        var ledger = new Ledger(FileLog.open(path, "journal"), office.channel);
        var node = new EdgeNode(
                Knowledge.inMemory(() -> office.provisioning),
                office.machineKey,
                ledger,
                forgetful,
                NodeClock.told(() -> office.now),
                office.random,
                Caps.NONE);
        assertThat(node.press(press, phone::process)).isInstanceOf(TapOutcome.Failed.class);
        assertThat(ledger.credit()).isEqualTo(Amount.of(1_500_000));
        assertThat(served(node.press(new Press(Office.LATTE, office.attempt()), phone::process))
                        .sale()
                        .credit())
                .isEqualTo(Amount.of(1_500_000));
    }

    @Test
    void shouldTakeUpThePhonesNewestReceiptAfterLosingTheJournal() {
        var rig = rig("lost");
        var first = rig.phone();
        var second = rig.phone();
        served(rig.press(Office.LATTE, first));
        served(rig.press(Office.LATTE, second));
        var newest = served(rig.press(Office.ESPRESSO, first));

        var fresh = rig("fresh");
        var next = served(fresh.press(Office.ESPRESSO, first));
        assertThat(next.receipt().content())
                .isEqualTo(ChannelHead.at(newest.receipt().content()).next(next.sale()));
        served(fresh.press(Office.ESPRESSO, second));
        assertThat(fresh.ledger.credit()).isEqualTo(Amount.ZERO);
    }

    @Test
    void shouldNotReplaceAReceiptThatAPhoneKnowsToBeCommitted() {
        var rig = rig("lost");
        var first = rig.phone();
        var second = rig.phone();
        served(rig.press(Office.LATTE, second));
        served(rig.press(Office.ESPRESSO, first));

        var fresh = rig("fresh");
        served(fresh.press(Office.ESPRESSO, second));
        assertRefused(fresh.press(Office.ESPRESSO, first), Refusal.PHONE_REFUSED);
    }

    @Test
    void shouldGiveBackACupThatALostJournalCannotTellOf() {
        var rig = rig("lost");
        var phone = rig.phone();
        rig.press(new Press(Office.LATTE, office.attempt()), phone, 7, false);
        var newest = rig.ledger.newest();
        assertThat(newest).as("signed, COMMIT lost").isPresent();

        var fresh = rig("fresh");
        assertThat(served(fresh.press(Office.ESPRESSO, phone)).sale().credit()).isEqualTo(Amount.of(1_500_000));
        assertThat(fresh.ledger.credit()).isEqualTo(Amount.of(1_000_000));
    }

    @Test
    void shouldTakeUpOnlyWhatItOnceProposed() {
        var rig = rig("a");
        var phone = rig.phone();
        var honest = served(rig.press(Office.ESPRESSO, phone));
        var key = SigningKey.generate(office.random);
        var badge = TypedData.sign(office.badge(key), office.domains.payment(), office.customer);
        var price = Amount.of(900_000_000);
        for (var sequence : List.of(2L, Long.MAX_VALUE)) {
            var sale =
                    new Sale(office.machine, Office.LATTE, price, price, key.address(), 1, Long.MAX_VALUE, Hash.ZERO);
            var head = ChannelHead.at(honest.receipt().content());
            var receipt = new Receipt(
                    office.channel, sequence, head.total(), head.next(sale).history());
            var signed = TypedData.sign(receipt, office.domains.payment(), key);
            var madeUp = new Offered(office.domains.payment().digest(receipt), sale.structHash());
            var newest = new Proof.Newest(
                    new SignedReceipt(signed, sale, Optional.of(badge)),
                    TypedData.sign(madeUp, office.domains.payment(), key).signature(),
                    false);
            rig.press(Office.ESPRESSO, new LyingPhone(key, badge, newest));
            assertThat(rig.ledger.newest()).contains(honest);
            assertThat(rig.ledger.credit()).isEqualTo(Amount.ZERO);
        }
        served(rig.press(Office.ESPRESSO, phone));
    }

    @Test
    void shouldRefuseABadgeThatNoRecordCouldCarry() {
        var rig = rig("a");
        var key = SigningKey.generate(office.random);
        var it = office.badge(key);
        var endless = new Badge(
                it.customer(), it.employee(), it.channel(), it.maxTotal(), it.epoch(), it.validFrom(), Long.MAX_VALUE);
        var phone = new PhoneCard(office.wallet(key, new MemoryWalletStore(), endless));
        assertRefused(rig.press(Office.ESPRESSO, phone), Refusal.BADGE_REFUSED);
        assertThat(rig.ledger.newest()).isEmpty();
    }

    private Rig rig(String name) {
        return new Rig(office, FileLog.open(dir.resolve(name), "journal"), body);
    }

    private static SignedReceipt served(TapOutcome outcome) {
        assertThat(outcome).isInstanceOf(TapOutcome.Served.class);
        return ((TapOutcome.Served) outcome).receipt();
    }

    private static void assertRefused(TapOutcome outcome, Refusal refusal) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TapOutcome.Refused.class, it -> assertThat(it.refusal()).isEqualTo(refusal));
    }

    private Amount total(Rig rig) {
        return rig.ledger.newest().orElseThrow().receipt().content().total();
    }

    /** The journal's receipts follow one another and each is signed by its employee. */
    private void assertChain(Rig rig) {
        var receipts = new ArrayList<SignedReceipt>();
        rig.ledger.receipts(Position.START, (receipt, after) -> receipts.add(receipt));
        var head = ChannelHead.start(office.channel);
        for (var signed : receipts) {
            assertThat(head.isFollowedBy(signed.receipt().content(), signed.sale()))
                    .isTrue();
            assertThat(signed.receipt().isSignedBy(signed.sale().employee(), office.domains.payment()))
                    .isTrue();
            head = ChannelHead.at(signed.receipt().content());
        }
        assertThat(rig.ledger.newest()).contains(receipts.getLast());
    }
}
