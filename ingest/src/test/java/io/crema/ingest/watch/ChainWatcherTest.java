package io.crema.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Address;
import io.crema.events.LogReversed;
import io.crema.ingest.decode.ContractLogs;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ChainWatcherTest {
    private final SimulatedChain chain = new SimulatedChain();
    private final SimulatedLog log = new SimulatedLog();

    static ChainWatcher watcher(ChainReader chain, SimulatedLog log, int confirmations) {
        var watched = new Watched(31_337, SimulatedChain.PAYMENTS, 1, confirmations, 50);
        var decoder = new ContractLogs(
                31_337, SimulatedChain.PAYMENTS, Address.ZERO, Address.ZERO, Address.ZERO, Address.ZERO);
        return new ChainWatcher(watched, chain, decoder, log);
    }

    /** Steps until there is nothing more to do. */
    static Step settle(ChainWatcher watcher) {
        for (var i = 0; i < 10_000; i++) {
            var step = watcher.step();
            if (step instanceof Step.UpToDate || step instanceof Step.Refused) {
                return step;
            }
        }
        throw new AssertionError("never settles");
    }

    @Test
    void shouldPublishEachBlockOnceConfirmed() {
        var watcher = watcher(chain, log, 3);
        chain.mine(2);
        chain.mine(1);
        assertThat(settle(watcher)).isEqualTo(new Step.UpToDate(0, 2));
        chain.mine(1);
        assertThat(settle(watcher)).isEqualTo(new Step.UpToDate(1, 3));
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(1)).hasSize(2);
    }

    @Test
    void shouldBackfillInBoundedRanges() {
        for (var i = 0; i < 500; i++) {
            chain.mine(i % 3);
        }
        var watcher = watcher(chain, log, 1);
        assertThat(watcher.step())
                .isInstanceOfSatisfying(
                        Step.Published.class,
                        published -> assertThat(published.to() - published.from() + 1)
                                .isEqualTo(50));
        assertThat(settle(watcher)).isEqualTo(new Step.UpToDate(500, 500));
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(500));
        assertThat(log.checkpoint().orElseThrow().getRecent()).hasSizeBetween(64, 64 + 1 + 32);
    }

    @Test
    void shouldAskForLessWhenARangeIsRefused() {
        for (var i = 0; i < 200; i++) {
            chain.mine(1);
        }
        var watcher = watcher(chain, log, 1);
        var calls = new AtomicInteger();
        chain.beforeEachCall(() -> {
            if (calls.incrementAndGet() == 7) { // id, head, base, deployed, head, the last header, then the logs
                throw new RangeTooLargeException("query returned more than 10000 results", 0);
            }
        });
        assertThat(watcher.step()).isInstanceOf(Step.Narrowed.class);
        assertThat(watcher.step())
                .isInstanceOfSatisfying(
                        Step.Published.class,
                        published -> assertThat(published.to() - published.from() + 1)
                                .isEqualTo(25));
    }

    @Test
    void shouldTakeReplacedLogsBackNewestFirst() {
        var watcher = watcher(chain, log, 1);
        chain.mine(1);
        chain.mine(2);
        chain.mine(1);
        settle(watcher);
        chain.reorg(2, 1);
        assertThat(watcher.step()).isEqualTo(new Step.Reversed(1, 3, 3));
        settle(watcher);
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(4));
        assertThat(log.records().stream().filter(r -> r.value() instanceof LogReversed))
                .hasSize(3);
    }

    @Test
    void shouldNoticeAReorgThatKeepsTheHeight() {
        var watcher = watcher(chain, log, 1);
        chain.mine(1);
        chain.mine(1);
        settle(watcher);
        chain.drop(1);
        chain.mine(1);
        assertThat(watcher.step()).isEqualTo(new Step.Reversed(1, 2, 1));
        settle(watcher);
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(2));
    }

    @Test
    void shouldRefuseAChainThatIsBehindItsLog() {
        for (var i = 0; i < 10; i++) {
            chain.mine(1);
        }
        settle(watcher(chain, log, 1));
        var before = log.records();
        chain.drop(7);
        assertThat(settle(watcher(chain, log, 1))).isInstanceOfSatisfying(Step.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Step.Reason.BEHIND);
            assertThat(refused.sentence()).contains("newest block is 3", "knows block 10", "data directory");
        });
        assertThat(log.records()).isEqualTo(before);
    }

    @Test
    void shouldRefuseAReorgDeeperThanWhatItKeeps() {
        for (var i = 0; i < 9_000; i++) {
            chain.mine(i % 100 == 0 ? 1 : 0);
        }
        var watcher = watcher(chain, log, 1);
        settle(watcher);
        var before = log.records();
        chain.reorg(8_900, 1);
        assertThat(settle(watcher))
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Step.Reason.DEEP_REORG));
        assertThat(log.records()).isEqualTo(before);
    }

    @Test
    void shouldTakeBackAReorgThatIsDeeperThanWhatItListsOneByOne() {
        for (var i = 0; i < 3_000; i++) {
            chain.mine(i % 10 == 0 ? 1 : 0);
        }
        var watcher = watcher(chain, log, 1);
        settle(watcher);
        assertThat(log.checkpoint().orElseThrow().getRecent()).hasSizeLessThan(130);
        chain.reorg(2_500, 1);
        settle(watcher);
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(chain.height()));
    }

    @Test
    void shouldNotTakeBackWhatWasFinal() {
        for (var i = 0; i < 10; i++) {
            chain.mine(1);
        }
        var watched = new Watched(31_337, SimulatedChain.PAYMENTS, 1, Finality.Tag.FINALIZED, 50, 100);
        var decoder = new ContractLogs(
                31_337, SimulatedChain.PAYMENTS, Address.ZERO, Address.ZERO, Address.ZERO, Address.ZERO);
        var watcher = new ChainWatcher(watched, chain, decoder, log);
        assertThat(settle(watcher))
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Step.Reason.NO_FINALITY));
        chain.finalized = 6;
        assertThat(settle(watcher)).isEqualTo(new Step.UpToDate(6, 10));
        var before = log.records();
        chain.reorg(6, 1);
        assertThat(settle(watcher))
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("block 5 was published as finalized"));
        assertThat(log.records()).isEqualTo(before);
    }

    @Test
    void shouldRefuseAChainBegunAnewOnTheSameFirstBlock() {
        for (var i = 0; i < 20; i++) {
            chain.mine(1);
        }
        var watcher = watcher(chain, log, 1);
        settle(watcher);
        var before = log.records();
        chain.reorg(20, 0);
        chain.deployed = false;
        assertThat(settle(watcher))
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("another chain"));
        assertThat(log.records()).isEqualTo(before);
    }

    @Test
    void shouldTakeBackAsManyBlocksAsItKeeps() {
        for (var i = 0; i < 100; i++) {
            chain.mine(1);
        }
        var watcher = watcher(chain, log, 1);
        settle(watcher);
        chain.reorg(64, 1);
        settle(watcher);
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(chain.height()));
    }

    @Test
    void shouldRefuseAnotherChain() {
        chain.id = 1;
        assertThat(watcher(chain, log, 1).step())
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("serves chain 1", "on chain 31337"));
    }

    @Test
    void shouldRefuseAChainWithoutTheContracts() {
        chain.mine(0);
        chain.deployed = false;
        assertThat(watcher(chain, log, 1).step())
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Step.Reason.OTHER_CHAIN));
    }

    @Test
    void shouldNotTakeANodeThatLagsForAReorg() {
        chain.mine(1);
        chain.mine(1);
        var watcher = watcher(chain, log, 2);
        settle(watcher);
        // the next node answers, and does not have the newest published block yet
        var calls = new AtomicInteger();
        chain.beforeEachCall(() -> {
            if (calls.incrementAndGet() == 2) {
                chain.drop(2);
            }
        });
        assertThat(watcher.step()).isEqualTo(new Step.Moved());
    }
}
