package io.crema.chain.transactions;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A chain with one account that matters: a pool, blocks, reorganisations that drop transactions, a base fee, strangers
 * with the same key, and a network that fails before or after the node has heard.
 */
final class SimulatedChain implements ChainPort {
    record Included(SignedTransaction transaction, boolean foreign, boolean success) {}

    record Block(Hash hash, List<Included> transactions) {}

    private final List<Block> blocks = new ArrayList<>();
    private final TreeMap<Long, Included> pool = new TreeMap<>();
    private int salt;
    BigInteger baseFee = BigInteger.TEN;
    boolean down;
    boolean losesAnswers;
    boolean reverts;
    final List<SignedTransaction> heard = new ArrayList<>();

    SimulatedChain() {
        mine(0);
    }

    /** Mines up to {@code limit} transactions whose turn it is and that pay the base fee. */
    void mine(int limit) {
        List<Included> taken = new ArrayList<>();
        var nonce = latest();
        while (taken.size() < limit) {
            var next = pool.get(nonce);
            if (next == null || next.transaction().version().fees().max().compareTo(baseFee) < 0) {
                break;
            }
            pool.remove(nonce);
            taken.add(new Included(next.transaction(), next.foreign(), !reverts));
            nonce++;
        }
        blocks.add(new Block(
                Keccak.hash(ByteBuffer.allocate(8)
                        .putInt(blocks.size())
                        .putInt(salt++)
                        .array()),
                taken));
    }

    /** Replaces the newest blocks by empty ones; their transactions are lost, as a node may lose them. */
    void reorganise(int depth) {
        for (var i = 0; i < depth && blocks.size() > 1; i++) {
            blocks.removeLast();
        }
        for (var i = 0; i <= depth; i++) {
            mine(0);
        }
    }

    /** Somebody else with the same key gets a transaction into the pool in place of ours. */
    void intrude(TransactionSigner signer, Fees fees) {
        var call = Call.of(List.of(Hash.ZERO), Address.ZERO, Payload.EMPTY, 21_000);
        var raw = signer.sign(latest(), call, fees).raw();
        pool.put(latest(), new Included(SignedTransaction.decode(raw), true, true));
    }

    void forgetPool() {
        pool.clear();
    }

    List<Included> executed() {
        return blocks.stream().flatMap(block -> block.transactions().stream()).toList();
    }

    @Override
    public long chainId() {
        return 31337;
    }

    @Override
    public long blockNumber() {
        answer();
        return blocks.size() - 1;
    }

    @Override
    public Optional<Hash> blockHash(long number) {
        answer();
        return number < blocks.size() ? Optional.of(blocks.get((int) number).hash()) : Optional.empty();
    }

    @Override
    public long latestNonce(Address account) {
        answer();
        return latest();
    }

    @Override
    public long pendingNonce(Address account) {
        answer();
        var nonce = latest();
        while (pool.containsKey(nonce)) {
            nonce++;
        }
        return nonce;
    }

    @Override
    public long nonceAt(Address account, long blockNumber) {
        answer();
        return blocks.subList(0, (int) blockNumber + 1).stream()
                .mapToLong(block -> block.transactions().size())
                .sum();
    }

    @Override
    public FeeQuote fees() {
        answer();
        return new FeeQuote(baseFee, BigInteger.TWO);
    }

    @Override
    public CallResult<Long> estimateGas(Address from, Address to, Payload data) {
        answer();
        return new CallResult.Returned<>(21_000L);
    }

    @Override
    public CallResult<Payload> call(Address from, Address to, Payload data) {
        answer();
        return new CallResult.Returned<>(Payload.EMPTY);
    }

    @Override
    public Optional<Inclusion> inclusion(Hash transaction) {
        answer();
        for (var number = 0; number < blocks.size(); number++) {
            var block = blocks.get(number);
            for (var included : block.transactions()) {
                if (included.transaction().version().hash().equals(transaction)) {
                    return Optional.of(
                            new Inclusion(transaction, block.hash(), number, included.success(), 21_000, baseFee));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public SendResult send(Payload raw) {
        if (down) {
            return new SendResult.Unreachable("simulated: no connection");
        }
        var result = hear(SignedTransaction.decode(raw));
        return losesAnswers ? new SendResult.Unreachable("simulated: the answer was lost") : result;
    }

    private SendResult hear(SignedTransaction transaction) {
        heard.add(transaction);
        if (transaction.nonce() < latest()) {
            return new SendResult.NonceTooLow("nonce too low");
        }
        var held = pool.get(transaction.nonce());
        if (held != null) {
            var old = held.transaction().version();
            if (old.hash().equals(transaction.version().hash())) {
                return new SendResult.AlreadyKnown();
            }
            if (!outbids(transaction.version().fees(), old.fees())) {
                return new SendResult.Underpriced("replacement transaction underpriced");
            }
        }
        pool.put(transaction.nonce(), new Included(transaction, false, true));
        return new SendResult.Accepted();
    }

    /** As geth: both fees at least 10 % higher. */
    static boolean outbids(Fees fresh, Fees old) {
        return tenPercentAbove(fresh.max(), old.max()) && tenPercentAbove(fresh.maxPriority(), old.maxPriority());
    }

    private static boolean tenPercentAbove(BigInteger fresh, BigInteger old) {
        return fresh.multiply(BigInteger.TEN).compareTo(old.multiply(BigInteger.valueOf(11))) >= 0;
    }

    private long latest() {
        return executed().size();
    }

    private void answer() {
        if (down) {
            throw new ChainUnreachableException("simulated: no connection");
        }
    }
}
