package io.crema.edge.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.edge.Office;
import io.crema.edge.journal.MemoryLog;
import io.crema.edge.node.Learned.Result;
import io.crema.edge.world.SimulatedHardware;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a machine does with facts. Every state is reached again by a restart. */
final class KnowledgeTest {
    private static final Amount DEPOSIT = Amount.of(1_000_000_000);

    private final Office office = new Office();
    private final MemoryLog journal = new MemoryLog();
    private final MemoryLog facts = new MemoryLog();
    private final SimulatedHardware body = new SimulatedHardware();
    private final SigningKey employee = SigningKey.generate(office.random);
    private final PhoneCard phone =
            new PhoneCard(office.wallet(employee, new MemoryWalletStore(), office.badge(employee)));
    private Caps caps = Caps.NONE;

    @Test
    void shouldTakeTheNewestStandingOnceAndKeepItOverARestart() {
        assertThat(learn(standing(10, 500, 0))).isEqualTo(Result.TAKEN);
        assertThat(learn(standing(10, 500, 0))).isEqualTo(Result.KNOWN);
        assertThat(learn(standing(9, 900, 0))).isEqualTo(Result.KNOWN);
        assertThat(node().status().deposited()).isEqualTo(Amount.of(500));
        assertThat(learn(standing(10, 400, 0)))
                .as("its block was replaced by another of the same height")
                .isEqualTo(Result.TAKEN);
        assertThat(learn(standing(11, 300, 0))).as("a later block may say less").isEqualTo(Result.TAKEN);
        assertThat(node().status().deposited()).isEqualTo(Amount.of(300));
        assertThat(refusal()).contains(Refusal.NO_CREDIT);
        assertThat(learn(standing(12, 1_000_000_000, 0))).isEqualTo(Result.TAKEN);
        assertServed();
    }

    @Test
    void shouldRefuseWhatContradictsItselfOrIsForSomebodyElse() {
        assertThat(learn(standing(10, 500, 501))).isEqualTo(Result.REFUSED);
        assertThat(learn(new Fact.Block(-1, office.now))).isEqualTo(Result.REFUSED);
        assertThat(learn(new Fact.Block(1, Instant.MAX))).isEqualTo(Result.REFUSED);
        var other = ChannelId.of(office.manufacturer.address(), office.customer.address(), 7);
        assertThat(learn(new Fact.ChannelStanding(1, other, DEPOSIT, Amount.ZERO, 60, Optional.empty(), false)))
                .isEqualTo(Result.REFUSED);
        assertThat(learn(new Fact.CustomerStanding(1, Office.address(5), 9, Address.ZERO)))
                .isEqualTo(Result.REFUSED);
        assertThat(learn(new Fact.Rented(1, office.customer.address(), office.manufacturer.address(), 8)))
                .isEqualTo(Result.REFUSED);
        assertServed();
    }

    @Test
    void shouldStopForACloseRequestUntilItLapsesAndForGoodWhenClosed() {
        var closeAt = office.now.plus(Duration.ofDays(3));
        assertThat(learn(closing(20, closeAt, false))).isEqualTo(Result.TAKEN);
        assertThat(refusal()).contains(Refusal.CLOSING);
        assertThat(press())
                .isInstanceOfSatisfying(
                        TapOutcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.CLOSING));
        assertThat(node().status().closeAt()).contains(closeAt);
        office.now = closeAt.plus(Duration.ofDays(7));
        assertThat(refusal()).contains(Refusal.CLOSING);
        office.pass(1);
        assertServed();

        learn(closing(21, closeAt, true));
        assertThat(refusal()).contains(Refusal.CLOSED);
        assertThat(learn(standing(22, 1_000_000_000, 0)))
                .as("the block was reverted")
                .isEqualTo(Result.TAKEN);
        assertServed();
    }

    @Test
    void shouldRefuseOldBadgesAtOnceWhenTheEpochIsRaised() {
        assertServed();
        assertThat(learn(new Fact.CustomerStanding(5, office.customer.address(), 2, Address.ZERO)))
                .isEqualTo(Result.TAKEN);
        assertRefused(Refusal.BADGE_REFUSED);
        assertThat(learn(new Fact.CustomerStanding(4, office.customer.address(), 1, Address.ZERO)))
                .isEqualTo(Result.KNOWN);
        assertRefused(Refusal.BADGE_REFUSED);
        assertThat(learn(new Fact.CustomerStanding(6, office.customer.address(), 1, Address.ZERO)))
                .as("reverted")
                .isEqualTo(Result.TAKEN);
        assertServed();
        assertThat(learn(new Fact.CustomerStanding(7, office.customer.address(), 1, Office.address(8))))
                .isEqualTo(Result.TAKEN);
        assertRefused(Refusal.BADGE_FORGED);
    }

    @Test
    void shouldRefuseSingleBadgesThatTheCompanyHasWithdrawn() {
        var badge = office.domains.payment().digest(office.badge(employee));
        assertThat(learn(revoked(1, List.of(badge), office.manufacturer))).isEqualTo(Result.REFUSED);
        var forged = new Fact.Revoked(revoked(1, List.of(), office.customer).list(), List.of(badge));
        assertThat(learn(forged)).isEqualTo(Result.REFUSED);
        assertServed();
        assertThat(learn(revoked(2, List.of(badge), office.customer))).isEqualTo(Result.TAKEN);
        assertRefused(Refusal.BADGE_REVOKED);
        assertThat(body.shown()).contains("withdrawn");
        assertThat(learn(revoked(1, List.of(), office.customer))).isEqualTo(Result.KNOWN);
        assertThat(learn(revoked(2, List.of(), office.customer))).isEqualTo(Result.REFUSED);
        assertThat(learn(revoked(2, List.of(badge), office.customer))).isEqualTo(Result.KNOWN);
        assertRefused(Refusal.BADGE_REVOKED);
        assertThat(learn(revoked(3, List.of(), office.customer))).isEqualTo(Result.TAKEN);
        assertServed();
    }

    @Test
    void shouldTakeSignedTariffsInRisingVersions() {
        var at = Office.START;
        assertThat(learn(priced(3, at - 500, 1_700_000))).isEqualTo(Result.TAKEN);
        assertThat(learn(priced(3, at - 500, 1_700_000))).isEqualTo(Result.KNOWN);
        assertThat(learn(priced(3, at - 500, 1_800_000))).isEqualTo(Result.REFUSED);
        assertThat(learn(priced(2, at - 100, 1_600_000))).isEqualTo(Result.REFUSED);
        var tariff = priced(4, at, 100);
        var forged = new io.crema.edge.Provisioning.PricedTariff(
                TypedData.sign(tariff.tariff().tariff().content(), office.domains.payment(), office.customer),
                tariff.tariff().prices());
        assertThat(learn(new Fact.Priced(forged, Map.of()))).isEqualTo(Result.REFUSED);
        assertThat(learn(priced(4, at + 1000, 1_900_000))).isEqualTo(Result.TAKEN);
        assertThat(assertServed().price()).isEqualTo(Amount.of(1_700_000));
        office.pass(1000);
        assertThat(assertServed().price()).isEqualTo(Amount.of(1_900_000));
        assertThat(node().status().tariff()).isEqualTo(4);
    }

    @Test
    void shouldTakeALongerPlacementOfTheCustomersOnly() {
        var old = office.provisioning.placement().content();
        var longer = new Placement(
                old.channel(), old.machine(), old.machineKey(), old.token(), old.decimals(), old.validUntil() + 1);
        var otherKey = new Placement(
                old.channel(), old.machine(), Office.address(3), old.token(), old.decimals(), old.validUntil() + 1);
        var domain = office.domains.payment();
        assertThat(learn(new Fact.Placed(TypedData.sign(longer, domain, office.manufacturer))))
                .isEqualTo(Result.REFUSED);
        assertThat(learn(new Fact.Placed(TypedData.sign(otherKey, domain, office.customer))))
                .isEqualTo(Result.REFUSED);
        assertThat(learn(new Fact.Placed(TypedData.sign(longer, domain, office.customer))))
                .isEqualTo(Result.TAKEN);
        assertThat(learn(new Fact.Placed(TypedData.sign(old, domain, office.customer))))
                .isEqualTo(Result.KNOWN);
        assertServed();
    }

    @Test
    void shouldSayHowMuchFurtherItMayServe() {
        caps = new Caps(50, true).withAmount(Amount.of(10_000_000)).withOffline(Duration.ofHours(30));
        assertThat(node().status().horizon()).satisfies(horizon -> {
            assertThat(horizon.cups()).isEqualTo(Caps.CUPS_WITHOUT_A_CLOCK);
            assertThat(horizon.timeKnown()).isFalse();
            assertThat(horizon.until()).isEmpty();
        });
        var node = node();
        node.learn(new Fact.Block(7, office.now));
        press(node);
        office.pass(3600);
        var status = node.status();
        assertThat(status.serves()).isTrue();
        assertThat(status.horizon().cups()).isEqualTo(49);
        assertThat(status.horizon().amount()).isEqualTo(Amount.of(8_500_000));
        assertThat(status.horizon().left()).contains(Duration.ofHours(29));
        assertThat(status.horizon().until()).contains(office.now.plus(Duration.ofHours(29)));
        assertThat(status.horizon().sentence()).contains("49 more cups", "8500000");
        office.pass(30 * 3600);
        assertThat(node.status().refusal()).contains(Refusal.OFFLINE_TOO_LONG);
        node.learn(new Fact.Block(8, office.now));
        for (var cup = 0; cup < 5; cup++) {
            assertThat(press(node)).isInstanceOf(TapOutcome.Served.class);
        }
        assertThat(press(node))
                .isInstanceOfSatisfying(
                        TapOutcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.AMOUNT_CAP));
    }

    @Test
    void shouldNotSellBehindTheChain() {
        assertThat(learn(standing(10, 1_000_000_000, 4_000_000))).isEqualTo(Result.TAKEN);
        assertRefused(Refusal.BEHIND);
        assertThat(refusal()).contains(Refusal.BEHIND);
    }

    @Test
    void shouldComeBackFromASnapshot() {
        var knowledge = new Knowledge(() -> office.provisioning, facts);
        knowledge.learn(priced(2, Office.START, 1_650_000));
        var badges = List.of(Hash.ZERO);
        knowledge.learn(revoked(5, badges, office.customer));
        knowledge.learn(new Fact.CustomerStanding(5, office.customer.address(), 1, Address.ZERO));
        for (var block = 1; block < 5000; block++) {
            knowledge.learn(standing(block, 1_000_000_000 + block, 0));
            knowledge.learn(new Fact.Block(block, office.now.plusSeconds(block * 61L)));
        }
        assertThat(facts.newestSegment().segment()).isGreaterThan(1);
        var again = new Knowledge(() -> office.provisioning, facts);
        assertThat(again.current()).isEqualTo(knowledge.current());
        assertThat(again.block()).isEqualTo(knowledge.block());
        assertThat(again.isRevoked(Hash.ZERO)).isTrue();
    }

    private EdgeNode node() {
        return new EdgeNode(
                new Knowledge(() -> office.provisioning, facts),
                office.machineKey,
                new Ledger(journal, office.channel),
                body,
                NodeClock.told(() -> office.now),
                office.random,
                caps);
    }

    private Result learn(Fact fact) {
        return node().learn(fact).result();
    }

    private Optional<Refusal> refusal() {
        return node().status().refusal();
    }

    private TapOutcome press() {
        return press(node());
    }

    private TapOutcome press(EdgeNode node) {
        var outcome = node.press(new Press(Office.ESPRESSO, office.attempt()), phone::process);
        phone.deactivated();
        return outcome;
    }

    private TapOutcome.Served assertServed() {
        var outcome = press();
        assertThat(outcome).isInstanceOf(TapOutcome.Served.class);
        return (TapOutcome.Served) outcome;
    }

    private void assertRefused(Refusal refusal) {
        assertThat(press())
                .isInstanceOfSatisfying(
                        TapOutcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private Fact standing(long block, long deposited, long redeemed) {
        return new Fact.ChannelStanding(
                block, office.channel, Amount.of(deposited), Amount.of(redeemed), 4320, Optional.empty(), false);
    }

    private Fact closing(long block, Instant closeAt, boolean closed) {
        return new Fact.ChannelStanding(
                block, office.channel, DEPOSIT, Amount.ZERO, 4320, Optional.of(closeAt), closed);
    }

    private Fact.Revoked revoked(long version, List<Hash> badges, SigningKey signer) {
        var list = new Revocations(office.customer.address(), 1, version, Revocations.list(badges));
        return new Fact.Revoked(TypedData.sign(list, office.domains.payment(), signer), badges);
    }

    private Fact.Priced priced(long version, long validFrom, long price) {
        return new Fact.Priced(office.tariff(version, validFrom, price, price + 1), Map.of());
    }
}
