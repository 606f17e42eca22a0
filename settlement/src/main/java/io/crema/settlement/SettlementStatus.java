package io.crema.settlement;

/**
 * How settlement is doing.
 *
 * @param sentence what is going on and, where it stands still, what to do about it
 * @param waiting intents that are in no transaction yet
 * @param open transactions that are not final
 */
public record SettlementStatus(State state, String sentence, int waiting, int open) {

    /** Whether it works, and what keeps it from working. */
    public enum State {
        STARTING,
        RUNNING,
        /** The account cannot pay for gas; it goes on by itself once it can. */
        SHORT_OF_FUNDS,
        /** The chain lacks transactions that were final: another or a reset chain, or a node far behind. */
        CHAIN_BEHIND,
        CHAIN_UNREACHABLE,
        LOG_UNREACHABLE,
        /** Another instance serves the account; this one has stopped. */
        FENCED,
        /** Stopped by a fault that does not go away by waiting. */
        FAILED,
        STOPPED
    }
}
