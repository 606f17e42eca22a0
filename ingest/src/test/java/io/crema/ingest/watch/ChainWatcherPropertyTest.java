package io.crema.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to the chain, the log and the watcher: in the end the log is the chain. */
final class ChainWatcherPropertyTest {

    @Property(tries = 100)
    void shouldHoldExactlyTheChainsLogs(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int confirmations) {
        var random = new Random(seed);
        var chain = new SimulatedChain();
        var log = new SimulatedLog();
        var watcher = ChainWatcherTest.watcher(chain, log, confirmations);
        chain.mine(1);
        chain.beforeEachCall(() -> disturb(chain, random));
        for (var i = 0; i < 80; i++) {
            switch (random.nextInt(10)) {
                case 0 -> mine(chain, random, 1 + random.nextInt(90));
                case 1, 2 -> mine(chain, random, 1);
                case 3 -> chain.reorg(1 + random.nextInt(20), random.nextInt(3));
                case 4 -> watcher = ChainWatcherTest.watcher(chain, log, confirmations);
                case 5 -> log.next = SimulatedLog.Fate.LOST;
                case 6 -> log.next = SimulatedLog.Fate.DONE_BUT_NOT_ANSWERED;
                default -> attempt(watcher);
            }
        }
        chain.beforeEachCall(() -> {});
        log.next = SimulatedLog.Fate.DONE;
        chain.mine(1);
        var step = ChainWatcherTest.settle(watcher);

        var expected = Math.max(0, chain.height() - confirmations + 1);
        assertThat(step).isEqualTo(new Step.UpToDate(expected, chain.height()));
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(expected));
    }

    @Property(tries = 100)
    void shouldStandAnEndAtEachCall(@ForAll long seed) {
        var random = new Random(seed);
        var chain = new SimulatedChain();
        var log = new SimulatedLog();
        mine(chain, random, 100);
        var left = new int[1];
        for (var calls = 1; calls < 30; calls++) {
            left[0] = calls;
            chain.beforeEachCall(() -> {
                if (--left[0] == 0) {
                    throw new ChainUnavailableException("ended here");
                }
            });
            attempt(ChainWatcherTest.watcher(chain, log, 1));
            chain.reorg(random.nextInt(3), 1);
        }
        chain.beforeEachCall(() -> {});
        ChainWatcherTest.settle(ChainWatcherTest.watcher(chain, log, 1));
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(chain.height()));
    }

    private static void attempt(ChainWatcher watcher) {
        try {
            watcher.step();
        } catch (ChainUnavailableException | EventLogUnavailableException e) {
            assertThat(List.of(e)).isNotEmpty(); // the next step goes on
        }
    }

    private static void disturb(SimulatedChain chain, Random random) {
        switch (random.nextInt(40)) {
            case 0 -> throw new ChainUnavailableException("simulated");
            case 1 -> chain.reorg(1 + random.nextInt(5), random.nextInt(3));
            case 2 -> chain.mine(random.nextInt(3));
            default -> {}
        }
    }

    private static void mine(SimulatedChain chain, Random random, int blocks) {
        for (var i = 0; i < blocks; i++) {
            chain.mine(random.nextInt(4));
        }
    }
}
