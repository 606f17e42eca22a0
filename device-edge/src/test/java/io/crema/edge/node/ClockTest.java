package io.crema.edge.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.tap.Command;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapProtocol;
import io.crema.edge.Office;
import io.crema.edge.journal.MemoryLog;
import io.crema.edge.world.SimulatedHardware;
import io.crema.phone.PhoneCard;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A machine without a battery clock: its wall clock starts anywhere, and goes where it likes. */
final class ClockTest {
    private final Office office = new Office();
    private final MemoryLog journal = new MemoryLog();
    private final MemoryLog facts = new MemoryLog();
    private final SimulatedHardware body = new SimulatedHardware();
    private final PhoneCard phone = new PhoneCard(office.wallet());
    private Instant started = office.now;
    private Instant wall = Instant.ofEpochSecond(30);
    private EdgeNode node = node();

    private EdgeNode node() {
        started = office.now;
        var clock = new NodeClock() {
            @Override
            public Instant instant() {
                return wall.plus(sinceStart());
            }

            @Override
            public Duration sinceStart() {
                return Duration.between(started, office.now);
            }

            @Override
            public boolean survivesPowerLoss() {
                return false;
            }
        };
        return new EdgeNode(
                new Knowledge(() -> office.provisioning, facts),
                office.machineKey,
                new Ledger(journal, office.channel),
                body,
                clock,
                office.random,
                new Caps(100, true));
    }

    @Test
    void shouldServeItsFewCupsAfterARestartInAnyYearByThePhonesTime() {
        for (var year : new long[] {0, 40 * 365, 90 * 365}) {
            wall = Instant.EPOCH.plus(Duration.ofDays(year));
            office.pass(86_400);
            node = node();
            for (var cup = 0; cup < 3; cup++) {
                assertThat(press(phone::process))
                        .isInstanceOfSatisfying(
                                TapOutcome.Served.class,
                                served -> assertThat(served.receipt().sale().time())
                                        .isEqualTo(office.now.getEpochSecond()));
                office.pass(60);
            }
        }
        var left = Caps.CUPS_WITHOUT_A_CLOCK - 9;
        for (var cup = 0; cup < left; cup++) {
            assertThat(press(new PhoneCard(office.wallet())::process)).isInstanceOf(TapOutcome.Served.class);
        }
        assertRefused(press(phone::process), Refusal.COUNT_CAP);
        node.learn(new Fact.Block(1, office.now.minusSeconds(200)));
        assertThat(press(phone::process)).isInstanceOf(TapOutcome.Served.class);
    }

    @Test
    void shouldServeByTheBlocksTimeWhereverTheWallClockJumps() {
        node.learn(new Fact.Block(1, office.now.minusSeconds(150)));
        for (var days : new long[] {0, 50_000, 3, 20_000}) {
            wall = Instant.EPOCH.plus(Duration.ofDays(days));
            office.pass(3600);
            assertThat(press(phone::process)).isInstanceOf(TapOutcome.Served.class);
            assertThat(node.status().clockWrong()).isTrue();
        }
        office.pass(Duration.ofHours(48).toSeconds());
        assertRefused(press(phone::process), Refusal.OFFLINE_TOO_LONG);
    }

    @Test
    void shouldSayThatItsClockIsWrongWhereThePhoneDoesNotTellTheTime() {
        // as a phone that answers with the status word alone
        assertRefused(
                press(apdu -> {
                    var answer = phone.process(apdu);
                    return isPut(apdu) ? Arrays.copyOfRange(answer, answer.length - 2, answer.length) : answer;
                }),
                Refusal.CLOCK_WRONG);
        assertThat(body.shown()).contains("clock");
    }

    @Test
    void shouldNotGoBackBehindTheLastBlockForAPhone() {
        node.learn(new Fact.Block(1, office.now.plus(Duration.ofDays(2))));
        node = node();
        assertRefused(press(phone::process), Refusal.CLOCK_WRONG);
        office.pass(Duration.ofDays(3).toSeconds());
        assertThat(press(phone::process)).isInstanceOf(TapOutcome.Served.class);
    }

    private static boolean isPut(byte[] apdu) {
        var command = Command.decode(apdu).orElseThrow();
        return command.ins() == TapProtocol.PUT && command.cla() == TapProtocol.CLA_CREMA;
    }

    private TapOutcome press(TapLink link) {
        var outcome = node.press(new Press(Office.ESPRESSO, office.attempt()), link);
        phone.deactivated();
        return outcome;
    }

    private static void assertRefused(TapOutcome outcome, Refusal refusal) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TapOutcome.Refused.class, it -> assertThat(it.refusal()).isEqualTo(refusal));
    }
}
