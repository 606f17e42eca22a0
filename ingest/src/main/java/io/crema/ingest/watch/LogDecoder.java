package io.crema.ingest.watch;

import java.util.Optional;

/** Makes a record of a contract's log. */
public interface LogDecoder {

    /**
     * The record of one log.
     *
     * @param block the log's block
     * @return empty for an event that the log does not keep
     * @throws UndecodableLogException when the log is not what the contract's interface promises
     */
    Optional<LogRecord> decode(ChainLog log, BlockHeader block);
}
