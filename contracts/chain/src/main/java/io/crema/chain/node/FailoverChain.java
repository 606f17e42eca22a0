package io.crema.chain.node;

import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.Execution;
import io.crema.chain.transactions.FeeQuote;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SendResult;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several nodes of one chain, asked one at a time: the first in the given order that answers, is not behind the others
 * and serves the right chain. A node that fails is left alone for a while that doubles, one that limits its rate for as
 * long as it asks.
 *
 * <p>A question that fails is not put to another node: nodes differ in what they have seen, so what is decided together
 * has to come from one of them. It throws, and whoever asks begins anew, with the next node. Only a broadcast goes on to
 * the others, since it may go anywhere. {@link #refresh} between two steps changes back to a better node. Thread-safe.
 */
public final class FailoverChain implements ChainPort, ChainReader, AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final long BLOCKS_BEHIND = 3;

    private final List<Watched> nodes;
    private final long chainId;
    private final InstantSource clock;
    private Optional<Watched> current = Optional.empty();
    private Instant lookedAt = Instant.MIN;

    /** @param nodes the preferred first; closed with this one */
    public FailoverChain(List<? extends ChainNode> nodes, long chainId, InstantSource clock) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("at least one node is needed, got none");
        }
        this.nodes = nodes.stream().map(Watched::new).toList();
        this.chainId = chainId;
        this.clock = clock;
    }

    /** How the nodes are doing, in the given order. Asks nobody. */
    public synchronized List<NodeHealth> health() {
        return nodes.stream()
                .map(node -> node.health(current.filter(node::equals).isPresent()))
                .toList();
    }

    /** Looks at every node now and then, and changes to the best; call it between two steps. Never throws. */
    public synchronized void refresh() {
        var now = clock.instant();
        if (nodes.size() == 1 || lookedAt.isAfter(now.minus(LOOK_EVERY))) {
            return;
        }
        lookedAt = now;
        nodes.stream().filter(node -> node.isDue(now)).forEach(node -> look(node, now));
        var best = nodes.stream()
                .filter(node -> node.isUsable(now))
                .flatMapToLong(node -> node.head().stream())
                .max();
        best.ifPresent(block -> nodes.forEach(node -> node.judge(block, BLOCKS_BEHIND)));
        current = preferred(now);
    }

    /** The id that every node must serve. */
    @Override
    public long chainId() {
        return ask(ChainPort::chainId);
    }

    @Override
    public synchronized long blockNumber() {
        return ask(node -> {
            var head = node.blockNumber();
            current.ifPresent(watched -> watched.sees(head));
            return head;
        });
    }

    @Override
    public Optional<Hash> blockHash(long number) {
        return ask(node -> node.blockHash(number));
    }

    @Override
    public long latestNonce(Address account) {
        return ask(node -> node.latestNonce(account));
    }

    @Override
    public long pendingNonce(Address account) {
        return ask(node -> node.pendingNonce(account));
    }

    @Override
    public long nonceAt(Address account, long blockNumber) {
        return ask(node -> node.nonceAt(account, blockNumber));
    }

    @Override
    public FeeQuote fees() {
        return ask(ChainPort::fees);
    }

    @Override
    public CallResult<Long> estimateGas(Address from, Address to, Payload data) {
        return ask(node -> node.estimateGas(from, to, data));
    }

    @Override
    public CallResult<Payload> call(Address from, Address to, Payload data) {
        return ask(node -> node.call(from, to, data));
    }

    @Override
    public Optional<Inclusion> inclusion(Hash transaction) {
        return ask(node -> node.inclusion(transaction));
    }

    @Override
    public BigInteger balance(Address account) {
        return ask(node -> node.balance(account));
    }

    @Override
    public List<CallResult<Payload>> callAll(List<Question> questions, long blockNumber) {
        return ask(node -> node.callAll(questions, blockNumber));
    }

    @Override
    public Optional<Execution> execution(Hash transaction) {
        return ask(node -> node.execution(transaction));
    }

    @Override
    public Map<Hash, Inclusion> inclusions(List<Hash> transactions) {
        return ask(node -> node.inclusions(transactions));
    }

    @Override
    public List<Optional<Execution>> executions(List<Hash> transactions) {
        return ask(node -> node.executions(transactions));
    }

    @Override
    public SendResult send(Payload raw) {
        return sendAll(List.of(raw)).getFirst();
    }

    @Override
    public List<SendResult> sendAll(List<Payload> raw) {
        var faults = new StringBuilder();
        for (var turn = 0; turn < nodes.size(); turn++) {
            try {
                return ask(node -> node.broadcastAll(raw));
            } catch (ChainUnreachableException e) {
                faults.append(faults.isEmpty() ? "" : "; ").append(e.getMessage());
            }
        }
        return Collections.nCopies(raw.size(), new SendResult.Unreachable(faults.toString()));
    }

    @Override
    public void close() {
        nodes.forEach(watched -> watched.node.close());
    }

    private synchronized <T> T ask(Function<ChainNode, T> question) {
        var watched = choose();
        try {
            var answer = question.apply(watched.node);
            watched.answered();
            return answer;
        } catch (ChainUnreachableException e) {
            watched.failed(e, clock.instant());
            throw e;
        }
    }

    /** Stays with the one in use as long as it serves. */
    private Watched choose() {
        var now = clock.instant();
        for (var turn = 0; turn < nodes.size(); turn++) {
            current = current.filter(node -> node.isUsable(now)).or(() -> preferred(now));
            var chosen = current.orElseThrow(() -> nobody(now));
            try {
                if (chosen.isOfChain(chainId, now)) {
                    return chosen;
                }
            } catch (ChainUnreachableException e) {
                chosen.failed(e, now);
            }
            current = Optional.empty();
        }
        throw nobody(now);
    }

    private Optional<Watched> preferred(Instant now) {
        return nodes.stream()
                .filter(node -> node.isUsable(now) && !node.isBehind())
                .findFirst()
                .or(() -> nodes.stream().filter(node -> node.isUsable(now)).findFirst());
    }

    private void look(Watched watched, Instant now) {
        try {
            if (watched.isOfChain(chainId, now)) {
                watched.sees(watched.node.blockNumber());
                watched.answered();
            }
        } catch (ChainUnreachableException e) {
            watched.failed(e, now);
        }
    }

    private RuntimeException nobody(Instant now) {
        var faults = nodes.stream()
                .map(node -> node.health(false))
                .map(health -> health.fault()
                        + health.until()
                                .filter(until -> until.isAfter(now))
                                .map(until -> " (asked again in "
                                        + Duration.between(now, until).toSeconds() + " s)")
                                .orElse(""))
                .collect(Collectors.joining("; "));
        return nodes.stream().allMatch(Watched::isWrong)
                ? new WrongChainException("no node serves chain %d: %s; check CREMA_CHAIN_ID and CREMA_RPC_URLS"
                        .formatted(chainId, faults))
                : new ChainUnreachableException("no node of chain %d can be asked: %s".formatted(chainId, faults));
    }
}
