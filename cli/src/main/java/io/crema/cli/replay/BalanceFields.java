package io.crema.cli.replay;

import io.crema.events.ChannelBalance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What of a balance follows from the log alone. When a row was written, since when money waits and which redemption was
 * under way depend on moments, so they are not compared. Stateless.
 */
final class BalanceFields {
    private static final Map<String, Function<ChannelBalance, @Nullable Object>> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("customer", ChannelBalance::getCustomer);
        FIELDS.put("payee", ChannelBalance::getPayee);
        FIELDS.put("index", ChannelBalance::getIndex);
        FIELDS.put("machine", ChannelBalance::getMachine);
        FIELDS.put("deposited", ChannelBalance::getDeposited);
        FIELDS.put("accepted", ChannelBalance::getAccepted);
        FIELDS.put("receipts", ChannelBalance::getReceipts);
        FIELDS.put("waiting", ChannelBalance::getWaiting);
        FIELDS.put("waitingReceipts", ChannelBalance::getWaitingReceipts);
        FIELDS.put("redeemed", ChannelBalance::getRedeemed);
        FIELDS.put("newest", ChannelBalance::getNewest);
        FIELDS.put("status", ChannelBalance::getStatus);
        FIELDS.put("ahead", ChannelBalance::getAhead);
        FIELDS.put("forked", ChannelBalance::getForked);
        FIELDS.put("closeAt", ChannelBalance::getCloseAt);
    }

    private BalanceFields() {}

    /** In words; empty when they say the same. */
    static List<String> differences(Optional<ChannelBalance> published, Optional<ChannelBalance> replayed) {
        if (published.isEmpty()) {
            return List.of("the table has no balance, the replay has one");
        }
        if (replayed.isEmpty()) {
            return List.of("the table has a balance, the replay has none");
        }
        List<String> differences = new ArrayList<>();
        FIELDS.forEach((name, field) -> {
            var there = field.apply(published.get());
            var here = field.apply(replayed.get());
            if (!Objects.equals(there, here)) {
                differences.add("%s is %s in the table, %s by the replay".formatted(name, there, here));
            }
        });
        return differences;
    }
}
