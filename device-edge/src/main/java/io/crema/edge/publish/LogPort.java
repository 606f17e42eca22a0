package io.crema.edge.publish;

import java.util.concurrent.CompletionStage;

/** The log, as the edge sees it. */
public interface LogPort {

    /**
     * Begins to send; the stage completes when the log has the record durably, or fails when it will not.
     *
     * @param source of the CloudEvent, such as /edge/the-serial
     */
    CompletionStage<?> send(Parcel parcel, String source);
}
