package io.crema.settlement.contract;

import io.crema.chain.abi.RedemptionErrors;
import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.EventLog;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a transaction brought about, by subject, read from its logs. Stateless. */
public final class Effects {
    private static final Hash REDEEMED = topic("ChannelRedeemed(bytes32,uint64,uint96,bytes32,uint96)");
    private static final Hash SKIPPED = topic("RedemptionSkipped(bytes32,uint64,uint96,bytes4)");
    private static final Hash REQUESTED = topic("ServiceRequested(bytes32,bytes32,bytes32,bytes32,address)");
    private static final Hash ALREADY_REQUESTED = topic("ServiceAlreadyRequested(bytes32,uint40)");

    private Effects() {}

    /** What became of one subject. */
    public sealed interface Effect {

        /** @param redeemed the channel's sum with it */
        record Redeemed(Amount redeemed) implements Effect {}

        /** @param reason the contract's error */
        record Skipped(String reason) implements Effect {}

        record Requested() implements Effect {}
    }

    /** Subjects without an entry were not changed. Logs of other contracts are passed over. */
    public static Map<Hash, Effect> of(List<EventLog> logs, Address paymentProvider, Address maintenanceProvider) {
        Map<Hash, Effect> effects = new HashMap<>();
        for (var log : logs) {
            if (log.topics().size() < 2) {
                continue;
            }
            var event = log.topics().getFirst();
            var subject = log.topics().get(1);
            if (log.contract().equals(paymentProvider) && event.equals(REDEEMED)) {
                effects.put(subject, new Effect.Redeemed(new ContractWords(log.data(), 4).amount(3)));
            } else if (log.contract().equals(paymentProvider) && event.equals(SKIPPED)) {
                effects.put(
                        subject, new Effect.Skipped(RedemptionErrors.name(new ContractWords(log.data(), 3).word(2))));
            } else if (log.contract().equals(maintenanceProvider) && event.equals(REQUESTED)) {
                effects.put(subject, new Effect.Requested());
            }
        }
        return effects;
    }

    /** Whether the answer of {@code requestedAt(bytes32)} names a time. */
    public static boolean isRequested(CallResult<Payload> answer) {
        return ContractWords.of(answer, 1).number(0).signum() != 0;
    }

    /** Whether the contract refused because the request is there. */
    public static boolean isAlreadyRequested(CallResult.Reverted<?> refusal) {
        var data = refusal.data().bytes();
        return data.length >= 4 && startsWith(ALREADY_REQUESTED.bytes(), data);
    }

    /** The contract's error in a word, or the node's words. */
    public static String reason(CallResult.Reverted<?> refusal) {
        var data = refusal.data().bytes();
        return data.length >= 4 ? RedemptionErrors.name(data) : refusal.message();
    }

    private static boolean startsWith(byte[] hash, byte[] data) {
        for (var i = 0; i < 4; i++) {
            if (hash[i] != data[i]) {
                return false;
            }
        }
        return true;
    }

    private static Hash topic(String event) {
        return Keccak.hash(event.getBytes(StandardCharsets.US_ASCII));
    }
}
