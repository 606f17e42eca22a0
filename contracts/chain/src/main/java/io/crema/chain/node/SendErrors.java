package io.crema.chain.node;

import io.crema.chain.transactions.SendResult;
import java.util.List;
import java.util.Locale;

/** Sorts the nodes' refusals by their words: there are no standard codes. Known: geth, anvil, Besu, Nethermind, reth. */
final class SendErrors {
    private static final List<String> KNOWN =
            List.of("already known", "alreadyknown", "known transaction", "already imported", "already exists");
    private static final List<String> NONCE = List.of("nonce too low", "nonce is too low", "oldnonce", "nonce below");
    private static final List<String> CHEAP = List.of(
            "underpriced",
            "feetoolow",
            "fee too low",
            "gas price too low",
            "gas price below",
            "less than block base fee",
            "lower than the block base fee",
            "below current minimum",
            "below configured minimum",
            "replacementnotallowed");
    private static final List<String> POOR = List.of(
            "insufficient funds",
            "insufficientfunds",
            "upfront cost exceeds",
            "upfront_cost_exceeds",
            "not enough funds");

    private SendErrors() {}

    static SendResult of(int code, String message) {
        var words = message.toLowerCase(Locale.ROOT);
        if (contains(words, CHEAP)) {
            return new SendResult.Underpriced(message);
        }
        if (contains(words, KNOWN)) {
            return new SendResult.AlreadyKnown();
        }
        if (contains(words, NONCE)) {
            return new SendResult.NonceTooLow(message);
        }
        if (contains(words, POOR)) {
            return new SendResult.InsufficientFunds(message);
        }
        return new SendResult.Rejected(code, message);
    }

    private static boolean contains(String words, List<String> phrases) {
        return phrases.stream().anyMatch(words::contains);
    }
}
