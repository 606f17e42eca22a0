package io.crema.edge.chain;

/**
 * What a step on chain came to.
 *
 * @param sentence for the log and the health page
 */
public record DirectReport(State state, String sentence) {

    /** How it stands. */
    public enum State {
        /** The platform answers, or has not been silent for long enough. */
        NOT_NEEDED,
        /** There is nothing to do: all is redeemed, the service is asked for. */
        DONE,
        /** A transaction is on its way. */
        SENDING,
        /** The contract would refuse; the sentence tells why. */
        REFUSED,
        /** The node does not answer, or is on another chain. */
        UNREACHABLE,
        /** The machine's account cannot pay the gas. */
        NO_FUNDS
    }
}
