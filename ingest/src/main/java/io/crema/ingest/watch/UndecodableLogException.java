package io.crema.ingest.watch;

/** A watched contract emitted a log that its interface does not allow: most likely it is another contract. */
public final class UndecodableLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UndecodableLogException(ChainLog log, Throwable cause) {
        super(
                "log %d of block %d (%s) from contract %s cannot be read as the event its first topic names: %s; check the contract addresses of this deployment"
                        .formatted(log.logIndex(), log.blockNumber(), log.blockHash(), log.contract(), cause),
                cause);
    }
}
