package io.crema.ingest.watch;

import io.crema.chain.wrappers.PaymentProvider;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.datatypes.generated.Uint96;

/** A chain that grows, forks and fails as a test says, also between two calls of one step. */
final class SimulatedChain implements ChainReader {
    static final Address PAYMENTS = Address.fromHex("0x" + "aa".repeat(20));
    private static final String TOPPED_UP = EventEncoder.encode(PaymentProvider.CHANNELTOPPEDUP_EVENT);

    record SimulatedBlock(BlockHeader header, List<ChainLog> logs) {}

    private final List<SimulatedBlock> blocks = new ArrayList<>();
    private final List<SimulatedBlock> everMined = new ArrayList<>();
    private long salt;
    private long calls;
    private Runnable beforeCall = () -> {};
    long id = 31_337;
    long finalized = -1;
    boolean deployed = true;

    SimulatedChain() {
        mine(0);
    }

    long calls() {
        return calls;
    }

    /** Runs before each call of the port; may change the chain or throw. */
    void beforeEachCall(Runnable hook) {
        beforeCall = hook;
    }

    void mine(int logs) {
        var number = blocks.size();
        var hash = Keccak.hash(
                ByteBuffer.allocate(16).putLong(number).putLong(++salt).array());
        var parent = blocks.isEmpty() ? Hash.ZERO : blocks.getLast().header().hash();
        var header = new BlockHeader(number, hash, parent, Instant.ofEpochSecond(1_800_000_000L + number));
        var block = new SimulatedBlock(
                header,
                IntStream.range(0, logs).mapToObj(i -> toppedUp(header, i)).toList());
        blocks.add(block);
        everMined.add(block);
    }

    /** Replaces the newest {@code depth} blocks by as many others, and one more. */
    void reorg(int depth, int logsPerBlock) {
        drop(depth);
        for (var i = 0; i <= depth; i++) {
            mine(logsPerBlock);
        }
    }

    void drop(int depth) {
        for (var i = 0; i < depth && blocks.size() > 1; i++) {
            blocks.removeLast();
        }
    }

    long height() {
        return blocks.size() - 1L;
    }

    /** Names of all logs from the first to this block, as the log should hold them. */
    List<String> logsUpTo(long number) {
        return blocks.stream()
                .filter(block -> block.header().number() <= number)
                .flatMap(block -> block.logs().stream())
                .map(log -> log.blockHash().hex() + ":" + log.logIndex())
                .toList();
    }

    @Override
    public long chainId() {
        called();
        return id;
    }

    @Override
    public BlockHeader head() {
        called();
        return blocks.getLast().header();
    }

    @Override
    public Optional<BlockHeader> tagged(Finality.Tag tag) {
        called();
        return finalized < 0
                ? Optional.empty()
                : Optional.of(blocks.get((int) finalized).header());
    }

    @Override
    public List<BlockHeader> headers(List<Long> numbers) {
        called();
        return numbers.stream()
                .filter(number -> number < blocks.size())
                .map(number -> blocks.get(number.intValue()).header())
                .toList();
    }

    @Override
    public List<ChainLog> logs(long from, long to) {
        called();
        return blocks.stream()
                .filter(block ->
                        block.header().number() >= from && block.header().number() <= to)
                .flatMap(block -> block.logs().stream())
                .toList();
    }

    /** Blocks that are no longer part of the chain are still known, as a real node knows them. */
    @Override
    public List<ChainLog> logs(List<Hash> hashes) {
        called();
        return hashes.stream()
                .flatMap(hash ->
                        everMined.stream().filter(block -> block.header().hash().equals(hash)))
                .flatMap(block -> block.logs().stream())
                .toList();
    }

    @Override
    public boolean deployed(Address contract) {
        called();
        return deployed;
    }

    private void called() {
        calls++;
        beforeCall.run();
    }

    static ChainLog toppedUp(BlockHeader block, int index) {
        var amount = TypeEncoder.encode(new Uint96(BigInteger.valueOf(1 + index)));
        var channel = Keccak.hash(new byte[] {(byte) (index % 3)});
        return new ChainLog(
                PAYMENTS,
                List.of(TOPPED_UP, channel.hex(), "0x" + "0".repeat(24) + "bb".repeat(20)),
                "0x" + amount + amount,
                block.number(),
                block.hash(),
                Keccak.hash(block.hash().bytes()),
                index);
    }
}
