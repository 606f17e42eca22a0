package io.crema.edge.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.edge.Office;
import io.crema.edge.journal.MemoryLog;
import io.crema.edge.journal.Position;
import io.crema.edge.publish.ReceiptOutbox;
import io.crema.edge.world.SimulatedHardware;
import io.crema.phone.Company;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A memory card is replaced; the phones still have their newest receipts. */
final class LostJournalTest {
    private final Office office = new Office();

    @Test
    void shouldBringBackAllThatPhonesStillHaveWhenTheNewestComesFirst() {
        var phones = phones(4);
        var rig = rig(new MemoryLog());
        phones.forEach(phone -> served(rig, phone));

        var journal = new MemoryLog();
        var fresh = rig(journal);
        served(fresh, phones.get(3));
        assertThat(sequences(fresh)).containsExactly(4L, 5L);
        served(fresh, phones.get(1));
        served(fresh, phones.get(0));
        served(fresh, phones.get(1));
        served(fresh, phones.get(2));
        assertThat(sequences(fresh)).containsExactly(4L, 5L, 2L, 6L, 1L, 7L, 8L, 3L, 9L);
        var unpublished = fresh.ledger.unpublishedAmount();
        // from the lost card's last receipt on; the older ones are counted in its total
        assertThat(unpublished.value().longValueExact()).isEqualTo(6 * 1_500_000L);

        var again = rig(journal);
        served(again, phones.get(2));
        assertThat(sequences(again)).hasSize(10);
        assertThat(runs(again)).containsExactly("4-5", "2-2", "6-6", "1-1", "7-8", "3-3", "9-10");
    }

    @Test
    void shouldWaitForTheNewestReceiptWhereTheChainKnowsOfMore() {
        var phones = phones(3);
        var rig = rig(new MemoryLog());
        phones.forEach(phone -> served(rig, phone));
        var fresh = rig(new MemoryLog());
        var redeemed = rig.ledger.newest().orElseThrow().receipt().content().total();
        fresh.node.learn(new Fact.ChannelStanding(
                1, office.channel, office.provisioning.deposited(), redeemed, 4320, java.util.Optional.empty(), false));
        for (var older : List.of(phones.get(0), phones.get(1))) {
            assertThat(fresh.press(Office.ESPRESSO, older))
                    .isInstanceOfSatisfying(
                            TapOutcome.Refused.class,
                            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.BEHIND));
        }
        served(fresh, phones.get(2));
        served(fresh, phones.get(0));
        assertThat(sequences(fresh)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void shouldTakeUpWhatItOfferedUnderTheKeyOfTheLostCard() {
        var phones = phones(2);
        var rig = rig(new MemoryLog());
        phones.forEach(phone -> served(rig, phone));

        var key = SigningKey.generate(office.random);
        var former = office.machineKey.address();
        assertThat(sequences(bought(key, List.of(), phones.get(1))))
                .as("another key's offers are not its own")
                .isEmpty();
        assertThat(sequences(bought(key, List.of(former), phones.get(1)))).containsExactly(2L, 3L);
    }

    /** What a machine with a new card has in its journal after the phone was held to it. */
    private Ledger bought(SigningKey key, List<Address> formerKeys, PhoneCard phone) {
        var it = office.provisioning;
        var placement = new Placement(
                it.channel(),
                it.machine(),
                key.address(),
                it.token(),
                it.decimals(),
                it.placement().content().validUntil() + 1);
        var told = it.with(
                it.deposited(),
                it.challengePeriodMinutes(),
                TypedData.sign(placement, office.domains.payment(), office.customer),
                it.tariffs(),
                it.productNames(),
                it.epoch(),
                it.signer());
        var ledger = new Ledger(new MemoryLog(), office.channel);
        var node = new EdgeNode(
                Knowledge.inMemory(() -> told),
                key,
                formerKeys,
                ledger,
                new SimulatedHardware(),
                NodeClock.told(() -> office.now),
                office.random,
                Caps.NONE);
        node.press(new Press(Office.ESPRESSO, office.attempt()), phone::process);
        phone.deactivated();
        return ledger;
    }

    @Test
    void shouldTakeUpWhatWasBoughtBeforeTheCompanyRaisedItsEpoch() {
        var key = SigningKey.generate(office.random);
        var wallet = office.wallet(key, new MemoryWalletStore(), office.badge(key));
        var phone = new PhoneCard(wallet);
        var rig = rig(new MemoryLog());
        served(rig, phone);

        var badge = office.badge(key);
        var renewed = new Badge(
                badge.customer(),
                badge.employee(),
                badge.channel(),
                badge.maxTotal(),
                2,
                badge.validFrom(),
                badge.validUntil());
        wallet.join(Company.of(TypedData.sign(renewed, office.domains.payment(), office.customer)));
        var fresh = rig(new MemoryLog());
        fresh.node.learn(new Fact.CustomerStanding(1, office.customer.address(), 2, Address.ZERO));
        served(fresh, phone);
        assertThat(sequences(fresh)).containsExactly(1L, 2L);
    }

    @Property(tries = 60)
    void shouldGoOnWhoeverComesAndHoweverOften(
            @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 4) Integer> taps,
            @ForAll @Size(max = 3) List<@IntRange(min = 1, max = 20) Integer> losses) {
        var phones = phones(5);
        var rig = rig(new MemoryLog());
        for (var at = 0; at < taps.size(); at++) {
            if (losses.contains(at)) {
                rig = rig(new MemoryLog());
            }
            var before = rig.ledger.state().head();
            var cups = rig.body.cups();
            var outcome = rig.press(Office.ESPRESSO, phones.get(taps.get(at)));
            office.pass(30);
            if (outcome instanceof TapOutcome.Served) {
                assertThat(rig.body.cups()).isEqualTo(cups + 1);
                assertThat(rig.ledger.state().head().sequence()).isGreaterThan(before.sequence());
            } else {
                // a phone does not let go of a receipt that it knows to count
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                TapOutcome.Refused.class,
                                it -> assertThat(it.refusal()).isEqualTo(Refusal.PHONE_REFUSED));
                assertThat(rig.body.cups()).isEqualTo(cups);
            }
            assertThat(rig.ledger.credit().isZero()).isTrue();
        }
        assertThat(sequences(rig)).doesNotHaveDuplicates();
    }

    private List<PhoneCard> phones(int count) {
        var phones = new ArrayList<PhoneCard>();
        for (var number = 0; number < count; number++) {
            phones.add(new PhoneCard(office.wallet()));
        }
        return phones;
    }

    private Rig rig(MemoryLog journal) {
        return new Rig(office, journal, new SimulatedHardware());
    }

    private static void served(Rig rig, PhoneCard phone) {
        assertThat(rig.press(Office.ESPRESSO, phone)).isInstanceOf(TapOutcome.Served.class);
    }

    private static List<Long> sequences(Rig rig) {
        return sequences(rig.ledger);
    }

    private static List<Long> sequences(Ledger ledger) {
        var receipts = new ArrayList<SignedReceipt>();
        ledger.receipts(Position.START, (receipt, after) -> receipts.add(receipt));
        return receipts.stream().map(it -> it.receipt().content().sequence()).toList();
    }

    private static List<String> runs(Rig rig) {
        var outbox = new ReceiptOutbox(rig.ledger);
        var runs = new ArrayList<String>();
        for (var parcel = outbox.next(); parcel.isPresent(); parcel = outbox.next()) {
            var id = parcel.get().id().split("-");
            runs.add(id[id.length - 2] + "-" + id[id.length - 1]);
            outbox.acknowledged(parcel.get());
        }
        return runs;
    }
}
