package io.crema.simulation.chain;

import io.crema.chain.transactions.EventLog;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.ingest.watch.BlockHeader;
import io.crema.ingest.watch.ChainLog;
import io.crema.ingest.watch.ChainReader;
import io.crema.ingest.watch.ChainUnavailableException;
import io.crema.simulation.Connection;
import io.crema.simulation.CrashPoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The simulated chain as the watcher sees it. */
public final class WatchedNode implements ChainReader {
    private final SimulatedChain chain;
    private final long chainId;
    private final CrashPoints crash;
    private final Connection connection;

    public WatchedNode(SimulatedChain chain, long chainId, CrashPoints crash, Connection connection) {
        this.chain = chain;
        this.chainId = chainId;
        this.crash = crash;
        this.connection = connection;
    }

    @Override
    public long chainId() {
        asked();
        return chainId;
    }

    @Override
    public BlockHeader head() {
        asked();
        return header(chain.block(chain.head()));
    }

    @Override
    public List<BlockHeader> headers(List<Long> numbers) {
        asked();
        return numbers.stream()
                .filter(number -> number >= 0 && number <= chain.head())
                .map(number -> header(chain.block(number)))
                .toList();
    }

    @Override
    public List<ChainLog> logs(long from, long to) {
        return logs(block -> block.number() >= from && block.number() <= to);
    }

    @Override
    public List<ChainLog> logs(List<Hash> blocks) {
        return logs(block -> blocks.contains(block.hash()));
    }

    @Override
    public boolean deployed(Address contract) {
        asked();
        return true;
    }

    private List<ChainLog> logs(Predicate<Block> wanted) {
        asked();
        List<ChainLog> logs = new ArrayList<>();
        for (var block : chain.blocks()) {
            if (wanted.test(block)) {
                for (var included : block.included()) {
                    for (var i = 0; i < included.logs().size(); i++) {
                        logs.add(log(block, included, included.logs().get(i), included.firstLog() + i));
                    }
                }
            }
        }
        return logs;
    }

    private static ChainLog log(Block block, Block.Included included, EventLog log, int index) {
        return new ChainLog(
                log.contract(),
                log.topics().stream().map(Hash::hex).toList(),
                log.data().hex(),
                block.number(),
                block.hash(),
                included.hash(),
                index);
    }

    private static BlockHeader header(Block block) {
        return new BlockHeader(block.number(), block.hash(), block.parent(), Instant.ofEpochSecond(block.time()));
    }

    private void asked() {
        crash.point();
        if (connection.isCut() || connection.losesAnswer()) {
            throw new ChainUnavailableException("the simulated node does not answer");
        }
    }
}
