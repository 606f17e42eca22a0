package io.crema.edge.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.edge.Office;
import io.crema.edge.journal.MemoryLog;
import io.crema.phone.PhoneCard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Any sequence of presses, torn taps, failed pours, crashes, restarts, other phones and new prices. */
final class ServingPropertyTest {
    private static final int NEVER = 99;

    /**
     * One press.
     *
     * @param again the last attempt is repeated
     * @param tearAt the exchange at which the phone is taken away
     * @param crashAt the write to the journal at which the power goes
     * @param late whether tearing and crashing come after the fact rather than before
     */
    record Step(
            int phone,
            boolean latte,
            boolean again,
            int tearAt,
            int crashAt,
            boolean late,
            boolean fails,
            int tariff) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        var often = Arbitraries.of(true, false, false, false);
        var tear = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, Arbitraries.just(NEVER)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 9)));
        var crash = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, Arbitraries.just(NEVER)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 4)));
        var tariff = Arbitraries.of(0, 0, 0, 0, 1);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(true, false),
                        often,
                        tear,
                        crash,
                        Arbitraries.of(true, false),
                        often,
                        tariff)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
    void shouldPourOnlyWhatIsPaidAndCreditEachFailureOnce(@ForAll("steps") List<Step> steps) {
        var run = new Run();
        steps.forEach(run::step);
        run.end();
    }

    private static final class Run {
        private final Office office = new Office();
        private final MemoryLog journal = new MemoryLog();
        private final MemoryLog facts = new MemoryLog();
        private final CheckedBody body = new CheckedBody(journal, office);
        private final List<PhoneCard> phones = List.of(phone(), phone(), phone());
        private final Map<Hash, Integer> served = new HashMap<>();
        private Press last = new Press(Office.ESPRESSO, office.attempt());
        private long version = 1;

        private PhoneCard phone() {
            return new PhoneCard(office.wallet());
        }

        private EdgeNode node(CrashingLog log) {
            return new EdgeNode(
                    new Knowledge(() -> office.provisioning, facts),
                    office.machineKey,
                    new Ledger(log, office.channel, 6_000),
                    body,
                    NodeClock.told(() -> office.now),
                    office.random,
                    Caps.NONE);
        }

        void step(Step step) {
            office.pass(7);
            var log = new CrashingLog(journal, step.crashAt(), step.late());
            var node = node(log);
            if (step.tariff() == 1) {
                // ever cheaper, so that credits spread over several sales
                version++;
                var at = office.now.getEpochSecond() - 1;
                var price = Math.max(100_000, 1_500_000 / version);
                var priced = office.tariff(version, at, price, price * 2);
                assertThat(node.learn(new Fact.Priced(priced, Map.of())).result())
                        .isEqualTo(Learned.Result.TAKEN);
            }
            if (step.fails()) {
                body.failNext();
            }
            if (!step.again()) {
                last = new Press(step.latte() ? Office.LATTE : Office.ESPRESSO, office.attempt());
            }
            press(node, phones.get(step.phone()), step.tearAt(), step.late());
        }

        private void press(EdgeNode node, PhoneCard phone, int tearAt, boolean late) {
            var exchanges = new int[1];
            TapLink link = apdu -> {
                var number = exchanges[0]++;
                if (number < tearAt) {
                    return phone.process(apdu);
                }
                if (number == tearAt && late) {
                    phone.process(apdu);
                }
                throw new TapLostException("taken away");
            };
            try {
                var outcome = node.press(last, link);
                if (outcome instanceof TapOutcome.Served) {
                    served.merge(last.attempt(), 1, Integer::sum);
                }
            } catch (CrashingLog.Crash powerCut) {
                // the journal tells the next start
            } finally {
                phone.deactivated();
            }
        }

        void end() {
            var ledger = new Ledger(journal, office.channel, 6_000);
            var receipts = new ArrayList<SignedReceipt>();
            var attempts = new HashMap<Long, Hash>();
            var failures = new HashMap<Long, Amount>();
            journal.read(journal.oldest(), (entry, after) -> {
                switch (JournalCodec.decode(entry)) {
                    case JournalRecord.Paid paid -> {
                        receipts.add(paid.receipt());
                        attempts.put(paid.receipt().receipt().content().sequence(), paid.attempt());
                    }
                    case JournalRecord.NotPoured it ->
                        assertThat(failures.put(
                                        it.failure().content().sequence(),
                                        it.failure().content().amount()))
                                .as("one failure per cup")
                                .isNull();
                    default -> {
                        // states in between
                    }
                }
                return true;
            });
            var head = ChannelHead.start(office.channel);
            var credited = Amount.ZERO;
            Set<Hash> sold = new HashSet<>();
            for (var signed : receipts) {
                var receipt = signed.receipt().content();
                assertThat(head.isFollowedBy(receipt, signed.sale())).isTrue();
                head = ChannelHead.at(receipt);
                credited = credited.plus(signed.sale().credit());
                assertThat(sold.add(attempts.get(receipt.sequence())))
                        .as("one sale per attempt")
                        .isTrue();
                outcome(signed, failures, ledger);
            }
            assertThat(failures.values().stream().reduce(Amount.ZERO, Amount::plus))
                    .isEqualTo(credited.plus(ledger.credit()));
            assertThat(ledger.state().head()).isEqualTo(head);
            assertThat(body.jobs).hasSizeLessThanOrEqualTo(receipts.size());
            assertThat(ledger.unpublished()).isEqualTo(receipts.size());
            assertThat(ledger.unpublishedAmount()).isEqualTo(head.total());
        }

        /** Each paid cup was poured, or has its failure, or is the one that still waits: just one of these. */
        private void outcome(SignedReceipt signed, Map<Long, Amount> failures, Ledger ledger) {
            var receipt = signed.receipt().content();
            var job = office.domains.payment().digest(receipt);
            var poured = body.recall(job) == Hardware.JobState.POURED;
            var failed = failures.containsKey(receipt.sequence());
            var waits = ledger.state()
                    .unfinished
                    .filter(cup -> cup.sequence() == receipt.sequence())
                    .isPresent();
            assertThat(poured && failed).as("poured and credited").isFalse();
            assertThat(poured || failed || waits)
                    .as("neither poured nor credited")
                    .isTrue();
            if (failed) {
                assertThat(failures.get(receipt.sequence()))
                        .isEqualTo(signed.sale().price());
            }
        }
    }
}
