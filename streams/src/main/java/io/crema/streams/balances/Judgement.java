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
 * @param effort what it took
 */
public record Judgement(Channel channel, List<Accepted> accepted, List<Refused> refused, Effort effort) {

    /**
     * What a judgement took.
     *
     * @param repeats receipts that were accepted or set aside before, and so changed nothing
     * @param checks receipts whose own signature was checked
     * @param fallbacks 1 when the newest receipt was refused, so that those before it were checked; else 0, or more when
     *     that happened again at receipts that followed
     */
    public record Effort(int repeats, int checks, int fallbacks) {}

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
