package io.crema.settlement.step;

import io.crema.settlement.SettlementStatus;
import java.util.List;

/**
 * What a step came to.
 *
 * @param status of the account after it
 * @param busy whether something waits for the chain or for the next step
 * @param hasRoom whether more intents may be read
 * @param notes what an operator wants to know, one sentence each
 */
public record Progress(SettlementStatus status, boolean busy, boolean hasRoom, List<String> notes) {

    public Progress {
        notes = List.copyOf(notes);
    }
}
