package io.crema.settlement.contract;

import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.value.Amount;

/** What PaymentProvider holds of a channel. */
public record ChannelOnChain(Amount deposited, Amount redeemed) {

    /** From the answer of {@code channels(bytes32)}. */
    public static ChannelOnChain of(CallResult<Payload> answer) {
        var words = ContractWords.of(answer, 4);
        return new ChannelOnChain(words.amount(0), words.amount(1));
    }

    /** Whether a receipt of this total has nothing left to be paid, whatever is deposited. */
    public boolean covers(Amount total) {
        return redeemed.compareTo(total) >= 0;
    }
}
