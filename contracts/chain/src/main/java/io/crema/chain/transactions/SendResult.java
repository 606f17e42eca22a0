package io.crema.chain.transactions;

/** How the node answered a broadcast. */
public sealed interface SendResult {

    /** Whether the node now holds the transaction. */
    default boolean isHeld() {
        return this instanceof Accepted || this instanceof AlreadyKnown;
    }

    record Accepted() implements SendResult {}

    /** It holds these very bytes already. */
    record AlreadyKnown() implements SendResult {}

    /** The nonce is used up: this version or another one was mined. */
    record NonceTooLow(String message) implements SendResult {}

    /** The fee is too low, for the node or to replace what it holds. */
    record Underpriced(String message) implements SendResult {}

    /** The account cannot pay the gas. */
    record InsufficientFunds(String message) implements SendResult {}

    /** Any other refusal, in the node's words. */
    record Rejected(int code, String message) implements SendResult {}

    /** No answer: it may or may not have arrived. */
    record Unreachable(String reason) implements SendResult {}
}
