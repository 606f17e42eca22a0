package io.crema.settlement.step;

import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.EventLog;
import io.crema.chain.transactions.Execution;
import io.crema.chain.transactions.FeeQuote;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SendResult;
import io.crema.chain.transactions.SignedTransaction;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.settlement.TestIntents;
import io.crema.settlement.contract.ContractCalls;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Accounts, a pool, blocks that may leave the chain, and just as much of the contracts as settlement calls. */
final class SimulatedChain implements ChainPort, ChainReader {
    static final Address PAYMENT = Address.fromHex("0x00000000000000000000000000000000000000f1");
    static final Address MAINTENANCE = Address.fromHex("0x00000000000000000000000000000000000000f2");
    /** Channels from this index on refuse every receipt. */
    static final long REFUSING = 100;

    private static final BigInteger DEPOSIT = BigInteger.valueOf(1_000_000);
    private static final Hash REDEEMED = TestIntents.hash("ChannelRedeemed(bytes32,uint64,uint96,bytes32,uint96)");
    private static final Hash SKIPPED = TestIntents.hash("RedemptionSkipped(bytes32,uint64,uint96,bytes4)");
    private static final Hash REQUESTED = TestIntents.hash("ServiceRequested(bytes32,bytes32,bytes32,bytes32,address)");

    private record Included(SignedTransaction transaction, List<EventLog> logs) {}

    /** @param strangers what accounts other than ours did */
    private record Block(Hash hash, List<Included> included, List<EventLog> strangers) {}

    private final List<Block> blocks = new ArrayList<>();
    private final Map<Address, TreeMap<Long, SignedTransaction>> pool = new LinkedHashMap<>();
    private final List<EventLog> strangers = new ArrayList<>();
    private final Faults faults;
    private int salt;
    BigInteger baseFee = BigInteger.TEN;
    BigInteger balance = BigInteger.TEN.pow(24);
    final Map<Address, BigInteger> balances = new HashMap<>();
    boolean unreachable;
    int received;

    SimulatedChain(Faults faults) {
        this.faults = faults;
        mine();
    }

    void mine() {
        List<Included> included = new ArrayList<>();
        blocks.add(new Block(hash(), included, List.copyOf(strangers)));
        strangers.clear();
        for (var waiting : pool.values()) {
            while (!waiting.isEmpty()) {
                var next = waiting.firstEntry().getValue();
                if (next.nonce() != count(next.sender())
                        || next.version().fees().max().compareTo(baseFee) < 0) {
                    break;
                }
                waiting.pollFirstEntry();
                included.add(new Included(next, execute(next)));
            }
        }
    }

    /** Puts empty blocks in the place of the newest; their transactions go back to the pool, or are lost. */
    void reorganise(int depth, boolean lost) {
        var gone = Math.min(depth, blocks.size() - 1);
        for (var i = 0; i < gone; i++) {
            var block = blocks.removeLast();
            if (!lost) {
                block.included().forEach(one -> hold(one.transaction()));
            }
        }
        for (var i = 0; i < gone; i++) {
            blocks.add(new Block(hash(), new ArrayList<>(), List.of()));
        }
    }

    /** Somebody else who holds the key gets into the pool in place of what is there. */
    void intrude(SignedTransaction foreign) {
        hold(foreign);
    }

    private void hold(SignedTransaction transaction) {
        pool.computeIfAbsent(transaction.sender(), none -> new TreeMap<>()).put(transaction.nonce(), transaction);
    }

    /** Somebody else redeems a channel in the next block. */
    void redeemByStranger(Payload redeem) {
        if (strangers.isEmpty()) {
            strangers.addAll(row(redeem, 4 + 32));
        }
    }

    void forgetPool() {
        pool.clear();
    }

    /** How many transactions of the account are in blocks. */
    long count(Address account) {
        return count(account, blocks.size() - 1L);
    }

    private long count(Address account, long upTo) {
        return blocks.subList(0, (int) upTo + 1).stream()
                .flatMap(block -> block.included().stream())
                .filter(included -> included.transaction().sender().equals(account))
                .count();
    }

    /** How often each subject was changed, over the present chain. */
    Map<Hash, List<BigInteger>> effects() {
        return effects(blocks.size() - 1L);
    }

    private Map<Hash, List<BigInteger>> effects(long upTo) {
        Map<Hash, List<BigInteger>> effects = new HashMap<>();
        blocks.subList(0, (int) upTo + 1).stream()
                .flatMap(block -> Stream.concat(
                        block.strangers().stream(),
                        block.included().stream().flatMap(included -> included.logs().stream())))
                .filter(log -> !log.topics().getFirst().equals(SKIPPED))
                .forEach(log -> effects.computeIfAbsent(log.topics().get(1), subject -> new ArrayList<>())
                        .add(log.topics().getFirst().equals(REDEEMED) ? word(log.data(), 3) : BigInteger.ONE));
        return effects;
    }

    private List<EventLog> execute(SignedTransaction transaction) {
        var data = transaction.data();
        return switch (ContractCalls.kind(data)) {
            case "REDEEM" -> row(data, 4 + 32);
            case "REDEEM_MANY" -> {
                List<EventLog> logs = new ArrayList<>();
                logs.addAll(rows(data, 4 + number(data, 4 + 32).intValueExact(), 7));
                logs.addAll(rows(data, 4 + number(data, 4 + 64).intValueExact(), 15));
                yield logs;
            }
            case "REQUEST_SERVICE" -> {
                var request = Keccak.hash(Arrays.copyOfRange(data.bytes(), 4, 68));
                yield effects().containsKey(request)
                        ? List.of()
                        : List.of(new EventLog(MAINTENANCE, List.of(REQUESTED, request), Payload.EMPTY));
            }
            default -> List.of();
        };
    }

    private List<EventLog> rows(Payload data, int at, int words) {
        List<EventLog> logs = new ArrayList<>();
        for (var row = 0; row < number(data, at).intValueExact(); row++) {
            logs.addAll(row(data, at + 32 + row * words * 32));
        }
        return logs;
    }

    private List<EventLog> row(Payload data, int at) {
        var payee = address(data, 4);
        var index = number(data, at + 32).longValueExact();
        var total = number(data, at + 96);
        var channel = ChannelId.of(address(data, at), payee, index).value();
        var before = effects().getOrDefault(channel, List.of()).stream().reduce(BigInteger.ZERO, BigInteger::max);
        if (index >= REFUSING) {
            var words = new Words(3).u64(0).unsigned(total).hash(TestIntents.hash("Refused()"));
            return List.of(new EventLog(PAYMENT, List.of(SKIPPED, channel), Payload.of(words.toBytes())));
        }
        if (total.min(DEPOSIT).compareTo(before) <= 0) {
            return List.of();
        }
        var words = new Words(4).u64(0).unsigned(total).hash(Hash.ZERO).unsigned(total.min(DEPOSIT));
        return List.of(new EventLog(PAYMENT, List.of(REDEEMED, channel), Payload.of(words.toBytes())));
    }

    @Override
    public long chainId() {
        return 31337;
    }

    @Override
    public long blockNumber() {
        faults.point();
        if (unreachable) {
            throw new ChainUnreachableException("simulated: no connection");
        }
        return blocks.size() - 1L;
    }

    @Override
    public Optional<Hash> blockHash(long number) {
        return number < blocks.size() ? Optional.of(blocks.get((int) number).hash()) : Optional.empty();
    }

    @Override
    public long latestNonce(Address account) {
        return count(account);
    }

    @Override
    public long pendingNonce(Address account) {
        return count(account) + pool.getOrDefault(account, new TreeMap<>()).size();
    }

    @Override
    public long nonceAt(Address account, long blockNumber) {
        return count(account, blockNumber);
    }

    @Override
    public FeeQuote fees() {
        return new FeeQuote(baseFee, BigInteger.ONE);
    }

    @Override
    public CallResult<Long> estimateGas(Address from, Address to, Payload data) {
        faults.point();
        return new CallResult.Returned<>(100_000L);
    }

    @Override
    public CallResult<Payload> call(Address from, Address to, Payload data) {
        faults.point();
        return new CallResult.Returned<>(Payload.of(new byte[0]));
    }

    @Override
    public BigInteger balance(Address account) {
        return balances.getOrDefault(account, balance);
    }

    @Override
    public List<CallResult<Payload>> callAll(List<Question> questions, long blockNumber) {
        faults.point();
        var effects = effects(blockNumber);
        return questions.stream()
                .<CallResult<Payload>>map(question -> {
                    var subject = Hash.of(Arrays.copyOfRange(question.data().bytes(), 4, 36));
                    var value =
                            effects.getOrDefault(subject, List.of()).stream().reduce(BigInteger.ZERO, BigInteger::max);
                    var words = question.contract().equals(PAYMENT)
                            ? new Words(4)
                                    .unsigned(DEPOSIT)
                                    .unsigned(value)
                                    .u64(0)
                                    .u64(60)
                            : new Words(1).unsigned(value);
                    return new CallResult.Returned<>(Payload.of(words.toBytes()));
                })
                .toList();
    }

    @Override
    public Optional<Execution> execution(Hash transaction) {
        faults.point();
        for (var number = 0; number < blocks.size(); number++) {
            for (var included : blocks.get(number).included()) {
                if (included.transaction().version().hash().equals(transaction)) {
                    return Optional.of(new Execution(
                            new Inclusion(transaction, blocks.get(number).hash(), number, true, 50_000, baseFee),
                            included.logs()));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Inclusion> inclusion(Hash transaction) {
        return execution(transaction).map(Execution::inclusion);
    }

    @Override
    public SendResult send(Payload raw) {
        faults.point();
        var transaction = SignedTransaction.decode(raw);
        var account = transaction.sender();
        if (transaction.nonce() < count(account)) {
            return new SendResult.NonceTooLow("nonce too low");
        }
        var cost = transaction.version().fees().max().multiply(BigInteger.valueOf(transaction.gasLimit()));
        if (balance(account).compareTo(cost) < 0) {
            return new SendResult.InsufficientFunds("insufficient funds for gas * price + value");
        }
        var held = pool.getOrDefault(account, new TreeMap<>()).get(transaction.nonce());
        if (held != null && held.version().hash().equals(transaction.version().hash())) {
            return new SendResult.AlreadyKnown();
        }
        if (held != null
                && transaction
                                .version()
                                .fees()
                                .max()
                                .compareTo(held.version().fees().max())
                        <= 0) {
            return new SendResult.Underpriced("replacement underpriced");
        }
        hold(transaction);
        received++;
        faults.point();
        return new SendResult.Accepted();
    }

    private Hash hash() {
        return Keccak.hash(
                ByteBuffer.allocate(8).putInt(blocks.size()).putInt(salt++).array());
    }

    private static BigInteger word(Payload data, int index) {
        return number(data, index * 32);
    }

    private static BigInteger number(Payload data, int at) {
        return new BigInteger(1, Arrays.copyOfRange(data.bytes(), at, at + 32));
    }

    private static Address address(Payload data, int at) {
        return Address.of(Arrays.copyOfRange(data.bytes(), at + 12, at + 32));
    }
}
