package io.crema.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.ingest.watch.Agreement.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AgreementTest {
    private final SimulatedChain chain = new SimulatedChain();
    private final SimulatedLog log = new SimulatedLog();
    private final List<FalseNode> nodes =
            IntStream.range(0, 3).mapToObj(i -> new FalseNode(chain)).toList();

    @Test
    void shouldNeverPublishWhatOneOfTwoInvents() {
        mine(5);
        var watcher = watcher(2, 2);
        ChainWatcherTest.settle(watcher);
        mine(1);
        nodes.getFirst().lie = FalseNode.Lie.INVENT_A_LOG;
        assertThatThrownBy(() -> ChainWatcherTest.settle(watcher))
                .isInstanceOf(ContradictionException.class)
                .hasMessageContaining("node0 says 3 logs")
                .hasMessageContaining("alone has log 99 of block 6")
                .hasMessageContaining("node1 says 2 logs")
                .hasMessageContaining("CREMA_RPC_URLS");
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(5));
        nodes.getFirst().lie = FalseNode.Lie.NONE;
        ChainWatcherTest.settle(watcher);
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(6));
    }

    @Test
    void shouldNameWhoIsOutvoted() {
        mine(5);
        var chain = agreement(3, 2);
        nodes.getFirst().lie = FalseNode.Lie.CHANGE_A_HASH;
        assertThat(chain.headers(List.of(3L))).isEqualTo(this.chain.headers(List.of(3L)));
        assertThat(chain.remark()).startsWith("node0 differs from the others on headers of block 3");
    }

    @Test
    void shouldWaitForTheSecondHighest() {
        mine(10);
        nodes.get(0).lag = 7;
        nodes.get(1).lag = 2;
        assertThat(agreement(3, 2).head().number()).isEqualTo(8);
        assertThat(agreement(2, 2).head().number()).isEqualTo(3);
        assertThat(agreement(3, 1).head().number()).isEqualTo(10);
    }

    @Test
    void shouldSayWhoIsAway() {
        mine(2);
        nodes.getFirst().away = true;
        assertThatThrownBy(() -> agreement(2, 2).headers(List.of(1L)))
                .isExactlyInstanceOf(ChainUnavailableException.class)
                .hasMessageContaining("2 of 2 nodes have to agree", "away");
        var three = agreement(3, 2);
        assertThat(three.headers(List.of(1L))).hasSize(1);
        assertThat(three.remark()).contains("node0: away");
    }

    /** Whatever one of three nodes does, and whatever happens to the chain: the log is the chain, and nobody waits. */
    @Property(tries = 50)
    void shouldStandOneOfThree(@ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int bad) {
        new AgreementTest().standOneOfThree(seed, bad);
    }

    private void standOneOfThree(long seed, int bad) {
        var random = new Random(seed);
        var watcher = watcher(3, 2);
        mine(1);
        for (var i = 0; i < 60; i++) {
            switch (random.nextInt(6)) {
                case 0 -> mine(1 + random.nextInt(120));
                case 1 -> chain.reorg(1 + random.nextInt(10), random.nextInt(3));
                case 2 -> nodes.get(bad).lie = FalseNode.Lie.values()[random.nextInt(FalseNode.Lie.values().length)];
                case 3 -> nodes.get(bad).lag = random.nextInt(9);
                case 4 -> nodes.get(bad).away = random.nextBoolean();
                default -> watcher.step();
            }
        }
        mine(1);
        assertThat(ChainWatcherTest.settle(watcher)).isEqualTo(new Step.UpToDate(chain.height(), chain.height()));
        assertThat(log.folded()).isEqualTo(chain.logsUpTo(chain.height()));
    }

    private void mine(int blocks) {
        for (var i = 0; i < blocks; i++) {
            chain.mine(2);
        }
    }

    private Agreement agreement(int of, int needed) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (var i = 0; i < of; i++) {
            endpoints.add(new Endpoint("node" + i, nodes.get(i)));
        }
        return new Agreement(endpoints, needed);
    }

    private ChainWatcher watcher(int of, int needed) {
        return ChainWatcherTest.watcher(agreement(of, needed), log, 1);
    }

    /** A node of the chain that says something else. */
    private static final class FalseNode implements ChainReader {
        enum Lie {
            NONE,
            INVENT_A_LOG,
            LEAVE_A_LOG_OUT,
            CHANGE_A_HASH
        }

        private final SimulatedChain chain;
        private Lie lie = Lie.NONE;
        private int lag;
        private boolean away;

        private FalseNode(SimulatedChain chain) {
            this.chain = chain;
        }

        @Override
        public long chainId() {
            asked();
            return chain.chainId();
        }

        @Override
        public BlockHeader head() {
            asked();
            var head = chain.head();
            return lag == 0
                    ? head
                    : chain.headers(List.of(Math.max(0, head.number() - lag))).getFirst();
        }

        @Override
        public List<BlockHeader> headers(List<Long> numbers) {
            asked();
            return chain.headers(numbers).stream()
                    .map(header -> lie == Lie.CHANGE_A_HASH && header.number() % 2 == 1
                            ? new BlockHeader(header.number(), Hash.ZERO, header.parent(), header.time())
                            : header)
                    .toList();
        }

        @Override
        public List<ChainLog> logs(long from, long to) {
            asked();
            return changed(chain.logs(from, to));
        }

        @Override
        public List<ChainLog> logs(List<Hash> blocks) {
            asked();
            return changed(chain.logs(blocks));
        }

        @Override
        public boolean deployed(Address contract) {
            asked();
            return chain.deployed(contract);
        }

        private List<ChainLog> changed(List<ChainLog> logs) {
            if (logs.isEmpty()) {
                return logs;
            }
            return switch (lie) {
                case LEAVE_A_LOG_OUT -> logs.subList(1, logs.size());
                case INVENT_A_LOG -> {
                    var last = logs.getLast();
                    var more = new ArrayList<>(logs);
                    more.add(new ChainLog(
                            last.contract(),
                            last.topics(),
                            last.data(),
                            last.blockNumber(),
                            last.blockHash(),
                            last.transactionHash(),
                            99));
                    yield more;
                }
                default -> logs;
            };
        }

        private void asked() {
            if (away) {
                throw new ChainUnavailableException("away");
            }
        }
    }
}
