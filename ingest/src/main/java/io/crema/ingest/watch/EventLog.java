package io.crema.ingest.watch;

import io.crema.events.ChainCheckpoint;
import io.crema.events.ReversibleLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where chain events go. It has one writer: who opens it last. */
public interface EventLog {

    /** The order in which published logs are taken back. */
    Comparator<ReversibleLog> NEWEST_FIRST = Comparator.<ReversibleLog>comparingLong(
                    entry -> entry.getOrigin().getBlockNumber())
            .thenComparingInt(entry -> entry.getOrigin().getLogIndex())
            .reversed();

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

    /**
     * What this deployment has published from blocks above one, and not taken back; {@link #NEWEST_FIRST}.
     *
     * @param since that block's time: nothing above it is older
     * @throws EventLogUnavailableException when it does not answer
     */
    List<ReversibleLog> published(long above, Instant since);
}
