package io.crema.simulation.log;

import java.util.List;

/**
 * What a reader got.
 *
 * @param next where it reads on: markers and aborted records are behind it
 */
public record Fetched(List<StoredRecord> records, long next) {
    public Fetched {
        records = List.copyOf(records);
    }
}
