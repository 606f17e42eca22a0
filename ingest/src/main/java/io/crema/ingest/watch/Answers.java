package io.crema.ingest.watch;

import io.crema.contracts.crypto.Keccak;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;

/** Nodes' answers in words, so that people can compare them. Stateless. */
final class Answers {
    private Answers() {}

    static List<ChainLog> sorted(List<ChainLog> logs) {
        return logs.stream().sorted(ChainLog.ORDER).toList();
    }

    static String blocks(List<Long> numbers) {
        var first = numbers.getFirst();
        var last = numbers.getLast();
        return first.equals(last) ? "block " + first : "blocks " + first + " to " + last;
    }

    /** The first header that the other answer does not have. */
    static String headers(List<BlockHeader> headers, List<BlockHeader> others) {
        if (headers.isEmpty()) {
            return "that it does not have them";
        }
        var known = new HashSet<>(others);
        var shown = headers.stream()
                .filter(header -> !known.contains(header))
                .findFirst()
                .orElseGet(headers::getLast);
        return "block %d is %s with parent %s, time %s"
                .formatted(shown.number(), shown.hash(), shown.parent(), shown.time());
    }

    /** How many, their digest, and the first that the other answer does not have. */
    static String logs(List<ChainLog> logs, List<ChainLog> others) {
        var known = new HashSet<>(others);
        var digest = Keccak.hash(logs.toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 10);
        var own = logs.stream()
                .filter(log -> !known.contains(log))
                .map(log -> ", of which it alone has log %d of block %d".formatted(log.logIndex(), log.blockNumber()))
                .findFirst()
                .orElse("");
        return "%d logs (digest %s)%s".formatted(logs.size(), digest, own);
    }

    static String slice(Slice slice, Slice other) {
        return slice.logs().equals(other.logs())
                ? headers(slice.blocks(), other.blocks())
                : logs(slice.logs(), other.logs());
    }
}
