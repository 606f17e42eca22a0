package io.crema.cli.demo;

import io.crema.contracts.value.ChannelId;
import io.crema.events.ChannelBalance;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The balances as the log has them now. */
final class BalanceTail implements AutoCloseable {
    private final Map<ChannelId, ChannelBalance> balances = new ConcurrentHashMap<>();
    private final LogTail tail;

    BalanceTail(String bootstrapServers) {
        tail = new LogTail(bootstrapServers, List.of(Topic.BALANCES), LogTail.From.BEGINNING, record -> {
            if (record instanceof ChannelBalance balance) {
                balances.put(Convert.channel(balance.getChannel()), balance);
            }
        });
    }

    Optional<ChannelBalance> balance(ChannelId channel) {
        return Optional.ofNullable(balances.get(channel));
    }

    @Override
    public void close() {
        tail.close();
    }
}
