package io.crema.ingest.watch;

import io.crema.events.ChainCheckpoint;
import java.util.List;
import java.util.Optional;

/** Where chain events go. It has one writer: who opens it last. */
public interface EventLog {

    /**
     * Becomes the one writer, settles what an earlier writer left unfinished, and reads the checkpoint.
     *
     * @return the last appended checkpoint; empty before the first
     * @throws EventLogUnavailableException when it does not answer
     * @throws IllegalStateException when the log is not laid out as this deployment needs it
     */
    Optional<ChainCheckpoint> open();

    /**
     * Appends all records, in order, and the checkpoint; or nothing.
     *
     * @throws EventLogUnavailableException when it is not known which of the two; open it again before the next append
     * @throws SupersededException when somebody else has opened it since
     */
    void append(List<LogRecord> records, ChainCheckpoint checkpoint);
}
