package io.crema.ingest.rpc;

import io.crema.ingest.watch.ChainUnavailableException;
import io.crema.ingest.watch.RangeTooLargeException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a node's error means. JSON-RPC has no code for "too much at once" (-32005, -32602, -32000, -32600, -32614 and
 * others are in use), so that the words of nodes and providers have to be read. Stateless.
 */
final class NodeErrors {
    private static final Duration WHEN_NOT_SAID = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Pattern TOO_FAST = Pattern.compile("rate.?limit|too many requests|requests? (per|count|limit)"
            + "|per second|compute units|throughput|credits|quota|capacity");

    private static final Pattern TOO_MUCH = Pattern.compile("range"
            + "|more than [0-9,]+ (results|logs|blocks)|max(imum)? (results|logs|blocks)"
            + "|too (large|wide|big|many|much)|too long"
            + "|(response|result|log|body)s? .*(size|exceed|limit)|(size|limit) exceed|exceeds? .*(limit|max)"
            + "|(query|execution|request).* time(d)? ?out|limited to");

    private static final Pattern SUGGESTED = Pattern.compile("\\[?(0x[0-9a-f]{1,12}) ?[-,] ?(0x[0-9a-f]{1,12})\\]?");

    private NodeErrors() {}

    /** From a JSON-RPC error object. */
    static ChainUnavailableException of(String node, String method, int code, String message) {
        var text = message.toLowerCase(Locale.ROOT);
        var said = "the node at %s did not answer %s: %s (%d)".formatted(node, method, message, code);
        if (TOO_FAST.matcher(text).find() || code == 429) {
            return new ChainUnavailableException(said, null, WHEN_NOT_SAID);
        }
        return method.equals("eth_getLogs") && TOO_MUCH.matcher(text).find()
                ? new RangeTooLargeException(said, suggested(text))
                : new ChainUnavailableException(said);
    }

    /**
     * From an HTTP status other than 200.
     *
     * @param retryAfter the header of this name; empty without
     */
    static ChainUnavailableException ofStatus(String node, String method, int status, String retryAfter) {
        var said = "the node at %s did not answer %s: HTTP %d".formatted(node, method, status);
        return switch (status) {
            case 413 -> new RangeTooLargeException(said, 0);
            case 429 -> new ChainUnavailableException(said + ", too many requests", null, notBefore(retryAfter));
            case 401, 403 -> new ChainUnavailableException(said + "; look at the address and key in CREMA_RPC_URLS");
            default -> new ChainUnavailableException(said);
        };
    }

    /** The answer is longer than what we want to hold. */
    static ChainUnavailableException tooLong(String node, String method, long bytes) {
        return new RangeTooLargeException(
                "the node at %s answers %s with more than %d bytes".formatted(node, method, bytes), 0);
    }

    private static long suggested(String text) {
        var matcher = SUGGESTED.matcher(text);
        if (!matcher.find()) {
            return 0;
        }
        var from = new BigInteger(matcher.group(1).substring(2), 16).longValueExact();
        var to = new BigInteger(matcher.group(2).substring(2), 16).longValueExact();
        return Math.max(0, to - from + 1);
    }

    private static Duration notBefore(String retryAfter) {
        try {
            var said = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
            return said.compareTo(LONGEST) > 0 || said.isNegative() ? LONGEST : said;
        } catch (NumberFormatException e) {
            return WHEN_NOT_SAID; // absent, or a date
        }
    }
}
