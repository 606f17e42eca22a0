package io.crema.ingest.rpc;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.ingest.watch.BlockHeader;
import io.crema.ingest.watch.ChainLog;
import io.crema.ingest.watch.ContradictionException;
import io.crema.ingest.watch.Slice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a node's answers from themselves: a block's hash follows from its header, logs lie in the blocks
 * that were asked for, each once, and in the block's bloom; and near the newest block, where the bloom hints at a log of a
 * contract that was left out, the receipts tell. It finds broken nodes, not a clever liar: for that, nodes are compared.
 * Throws {@link ContradictionException}. Thread-safe.
 */
final class Consistency {
    private static final int BLOOMS = 512;

    private final String node;
    private final Set<Address> contracts;
    private final Map<String, Bloom.Bits> names = new ConcurrentHashMap<>();
    private final Map<Hash, Bloom> blooms = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Bloom> eldest) {
            return size() > BLOOMS;
        }
    };

    Consistency(String node, List<Address> contracts) {
        this.node = node;
        this.contracts = Set.copyOf(contracts);
        contracts.forEach(contract -> names.put(contract.hex(), Bloom.bits(contract.hex())));
    }

    BlockHeader header(long number, HeaderJson answer) {
        if (answer.header().number() != number) {
            throw new ContradictionException("the node at %s was asked for block %d and answers with block %d"
                    .formatted(node, number, answer.header().number()));
        }
        return header(answer);
    }

    BlockHeader header(HeaderJson answer) {
        var header = answer.header();
        HeaderHash.of(answer.fields())
                .filter(hash -> !hash.equals(header.hash()))
                .ifPresent(hash -> {
                    throw new ContradictionException(
                            "the node at %s says that block %d has hash %s, but the header that it gives has %s; this node is wrong: repair it, or take it out of CREMA_RPC_URLS"
                                    .formatted(node, header.number(), header.hash(), hash));
                });
        var bloom = answer.fields().get("logsBloom");
        if (bloom != null) {
            synchronized (blooms) {
                blooms.put(header.hash(), Bloom.of(bloom));
            }
        }
        return header;
    }

    /** Logs of a range: inside it, and each once. */
    List<ChainLog> range(long from, long to, List<ChainLog> logs) {
        var sorted = logs.stream().sorted(ChainLog.ORDER).toList();
        ChainLog before = null;
        for (var log : sorted) {
            if (log.blockNumber() < from || log.blockNumber() > to || !contracts.contains(log.contract())) {
                throw wrong(
                        "was asked for blocks " + from + " to " + to + " and answers with a log not asked for", log);
            }
            if (before != null && ChainLog.ORDER.compare(before, log) == 0) {
                throw wrong("answers twice with the same log", log);
            }
            before = log;
        }
        return sorted;
    }

    /** Logs of one block: of this one, each once, and in its bloom. */
    List<ChainLog> block(Hash block, List<ChainLog> logs) {
        Set<Integer> seen = new HashSet<>();
        var bloom = bloom(block);
        for (var log : logs) {
            if (!log.blockHash().equals(block) || !contracts.contains(log.contract())) {
                throw wrong("was asked for block " + block + " and answers with a log not asked for", log);
            }
            if (!seen.add(log.logIndex())) {
                throw wrong("answers twice with the same log", log);
            }
            if (bloom != null && !Bloom.parts(log).stream().map(this::bits).allMatch(bloom::mayHold)) {
                throw wrong("answers with a log that the block's bloom denies", log);
            }
        }
        return logs;
    }

    /** Of a slice only contracts and kinds are looked up in the blooms: hashing each topic would take most of the time. */
    void slice(Slice slice) {
        Map<Hash, Set<List<String>>> kinds = new HashMap<>();
        for (var log : slice.logs()) {
            var bloom = bloom(log.blockHash());
            if (bloom == null || log.topics().isEmpty()) {
                continue;
            }
            var kind = List.of(log.contract().hex(), log.topics().getFirst());
            if (kinds.computeIfAbsent(log.blockHash(), block -> new HashSet<>()).add(kind)
                    && !kind.stream().map(this::name).allMatch(bloom::mayHold)) {
                throw wrong("answers with a log that the block's bloom denies", log);
            }
        }
    }

    /** Whether the block's bloom hints at a contract of which there is no log. It may be by chance. */
    boolean suspects(Hash block, List<ChainLog> logs) {
        var bloom = bloom(block);
        return bloom != null
                && contracts.stream()
                        .filter(contract ->
                                logs.stream().noneMatch(log -> log.contract().equals(contract)))
                        .anyMatch(contract -> bloom.mayHold(name(contract.hex())));
    }

    /** The logs in the block's receipts must be the same. */
    void same(Hash block, List<ChainLog> logs, List<ChainLog> receipts) {
        var watched = receipts.stream()
                .filter(log -> contracts.contains(log.contract()))
                .sorted(ChainLog.ORDER)
                .toList();
        if (!watched.equals(logs.stream().sorted(ChainLog.ORDER).toList())) {
            throw new ContradictionException(
                    "the node at %s answers eth_getLogs with %d logs of block %s, but the block's receipts have %d; its index is broken: repair it, or take it out of CREMA_RPC_URLS"
                            .formatted(node, logs.size(), block, watched.size()));
        }
    }

    private @Nullable Bloom bloom(Hash block) {
        synchronized (blooms) {
            return blooms.get(block);
        }
    }

    /** Contracts and kinds of events are few: their bits are kept. */
    private Bloom.Bits name(String hex) {
        return names.computeIfAbsent(hex, Bloom::bits);
    }

    private Bloom.Bits bits(String hex) {
        var kept = names.get(hex);
        return kept == null ? Bloom.bits(hex) : kept;
    }

    private ContradictionException wrong(String what, ChainLog log) {
        return new ContradictionException(
                "the node at %s %s: log %d of block %d (%s) from %s; this node is wrong: repair it, or take it out of CREMA_RPC_URLS"
                        .formatted(node, what, log.logIndex(), log.blockNumber(), log.blockHash(), log.contract()));
    }
}
