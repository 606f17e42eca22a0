package io.crema.simulation.chain;

import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SendResult;
import io.crema.chain.transactions.SignedTransaction;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Blocks that may leave the chain, a pool that may forget, and PaymentProvider. Signed transactions are mined in the
 * order of their nonces, once the fee suffices; calls of other people at once. Not thread-safe.
 */
public final class SimulatedChain {
    private static final BigInteger FIRST_BASE_FEE = BigInteger.TEN;

    private final InstantSource clock;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<Address, TreeMap<Long, SignedTransaction>> pool = new HashMap<>();
    private final List<Block.Sent.Direct> direct = new ArrayList<>();
    private final Map<Address, BigInteger> balances = new HashMap<>();
    private Consumer<SignedTransaction> onSent = transaction -> {};
    private BigInteger baseFee = FIRST_BASE_FEE;
    private int salt;

    public SimulatedChain(InstantSource clock, PaymentRules rules) {
        this.clock = clock;
        blocks.add(new Block(
                0, hash(0), Hash.ZERO, seconds(), new ArrayList<>(), new PaymentState(rules), new HashMap<>()));
    }

    /** Is told of each transaction that reaches the pool. */
    public void onSent(Consumer<SignedTransaction> listener) {
        onSent = listener;
    }

    public void baseFee(BigInteger fee) {
        baseFee = fee;
    }

    BigInteger baseFee() {
        return baseFee;
    }

    /** What the account holds of ether; plenty where nothing else is said. */
    public void balance(Address account, BigInteger wei) {
        balances.put(account, wei);
    }

    BigInteger balance(Address account) {
        return balances.getOrDefault(account, BigInteger.TEN.pow(24));
    }

    /** Somebody calls the contract; it goes into the next block. */
    public Hash call(Address from, PaymentCall call) {
        var sent = new Block.Sent.Direct(hash(-1), from, call);
        direct.add(sent);
        return sent.hash();
    }

    /** Makes the next block of what waits. */
    public void mine() {
        var parent = blocks.getLast();
        var block = Block.after(parent, hash(parent.number() + 1), Math.max(parent.time() + 1, seconds()));
        blocks.add(block);
        direct.forEach(sent -> include(block, sent, sent.from(), sent.call()));
        direct.clear();
        pool.forEach((account, waiting) -> {
            for (var next = waiting.get(nonce(block, account));
                    next != null;
                    next = waiting.get(nonce(block, account))) {
                if (next.version().fees().max().compareTo(baseFee) < 0 || !canPay(next)) {
                    return;
                }
                waiting.remove(next.nonce());
                block.nonces().put(account, next.nonce() + 1);
                include(block, new Block.Sent.Signed(next), account, PaymentCalls.decode(next.data()));
            }
        });
    }

    /**
     * Puts as many other blocks in the place of the newest, which are empty but for the last.
     *
     * @param lost whether signed transactions are forgotten; else all wait again
     */
    public void reorganise(int depth, boolean lost) {
        var gone = (int) Math.min(depth, blocks.size() - 1);
        List<Block.Sent.Direct> again = new ArrayList<>();
        for (var i = 0; i < gone; i++) {
            for (var included : blocks.removeLast().included().reversed()) {
                switch (included.sent()) {
                    case Block.Sent.Direct sent -> again.addFirst(sent);
                    case Block.Sent.Signed(var transaction) -> {
                        if (!lost) {
                            waiting(transaction.sender()).putIfAbsent(transaction.nonce(), transaction);
                        }
                    }
                }
            }
        }
        for (var i = 1; i < gone; i++) {
            var parent = blocks.getLast();
            blocks.add(Block.after(parent, hash(parent.number() + 1), parent.time() + 1));
        }
        direct.addAll(0, again);
        if (gone > 0) {
            mine();
        }
    }

    /** The pool forgets what was signed. */
    public void evict() {
        pool.clear();
    }

    SendResult send(Payload raw) {
        var transaction = SignedTransaction.decode(raw);
        if (transaction.nonce() < nonce(blocks.getLast(), transaction.sender())) {
            return new SendResult.NonceTooLow("nonce too low");
        }
        if (!canPay(transaction)) {
            return new SendResult.InsufficientFunds("insufficient funds for gas * price + value");
        }
        var waiting = waiting(transaction.sender());
        var held = waiting.get(transaction.nonce());
        if (held != null && held.version().hash().equals(transaction.version().hash())) {
            return new SendResult.AlreadyKnown();
        }
        if (held != null && !pays(transaction, held)) {
            return new SendResult.Underpriced("replacement transaction underpriced");
        }
        waiting.put(transaction.nonce(), transaction);
        onSent.accept(transaction);
        return new SendResult.Accepted();
    }

    /** A tenth more, as nodes ask for. */
    private static boolean pays(SignedTransaction fresh, SignedTransaction held) {
        var least = held.version().fees().max().multiply(BigInteger.valueOf(11)).divide(BigInteger.TEN);
        return fresh.version().fees().max().compareTo(least) >= 0;
    }

    private boolean canPay(SignedTransaction transaction) {
        var most = transaction.version().fees().max().multiply(BigInteger.valueOf(transaction.gasLimit()));
        return balance(transaction.sender()).compareTo(most) >= 0;
    }

    private static void include(Block block, Block.Sent sent, Address from, PaymentCall call) {
        var first = block.logs();
        try {
            block.included().add(new Block.Included(sent, true, block.state().apply(from, call, block.time()), first));
        } catch (RevertedException reverted) {
            block.included().add(new Block.Included(sent, false, List.of(), first));
        }
    }

    public long head() {
        return blocks.size() - 1L;
    }

    /** All that holds after a block; of one that is not there yet after the newest. */
    public PaymentState state(long number) {
        return blocks.get((int) Math.clamp(number, 0, head())).state();
    }

    /** Seconds since 1970. */
    public long time(long number) {
        return block(number).time();
    }

    /** Whether the transaction is in a block of the present chain, and did what it should. */
    public Optional<Boolean> succeeded(Hash transaction) {
        return blocks.reversed().stream()
                .flatMap(block -> block.included().stream())
                .filter(one -> one.hash().equals(transaction))
                .findFirst()
                .map(Block.Included::success);
    }

    /** Block hash and index of each log of the present chain. */
    public Set<String> logs() {
        Set<String> logs = new LinkedHashSet<>();
        for (var block : blocks) {
            for (var index = 0; index < block.logs(); index++) {
                logs.add(block.hash().hex() + ":" + index);
            }
        }
        return logs;
    }

    /** Nothing waits for a block. */
    public boolean isPoolEmpty() {
        return direct.isEmpty() && pool.values().stream().allMatch(Map::isEmpty);
    }

    Block block(long number) {
        return blocks.get((int) number);
    }

    List<Block> blocks() {
        return blocks;
    }

    long nonce(Block block, Address account) {
        return block.nonces().getOrDefault(account, 0L);
    }

    int waitingOf(Address account) {
        return waiting(account).size();
    }

    private TreeMap<Long, SignedTransaction> waiting(Address account) {
        return pool.computeIfAbsent(account, name -> new TreeMap<>());
    }

    private long seconds() {
        return clock.instant().getEpochSecond();
    }

    private Hash hash(long number) {
        return Keccak.hash(
                ByteBuffer.allocate(12).putLong(number).putInt(salt++).array());
    }
}
