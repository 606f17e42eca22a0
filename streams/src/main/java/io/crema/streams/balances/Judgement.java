package io.crema.streams.balances;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.value.Hash;
import java.util.List;

/**
 * What became of receipts.
 *
 * @param channel after it
 * @param accepted in order of sequence
 * @param refused for quarantine
 */
public record Judgement(Channel channel, List<Accepted> accepted, List<Refused> refused) {

    /**
     * @param saleHash the struct hash of its sale
     * @param signatureChecked by its own signature, not by a later receipt's
     */
    public record Accepted(SignedReceipt signed, Hash saleHash, Hash digest, boolean signatureChecked) {}

    /** @param place of the run that brought it */
    public record Refused(SignedReceipt signed, Place place, Refusal refusal) {}

    public Judgement {
        accepted = List.copyOf(accepted);
        refused = List.copyOf(refused);
    }
}
