package io.crema.simulation.world;

import io.crema.events.RedeemChannel;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.simulation.log.StoredRecord;
import java.util.Objects;

/** Names an intent by its effect: part of a planted fault. */
final class EffectNamed {
    private EffectNamed() {}

    static StoredRecord intent(StoredRecord record) {
        if (!record.topic().equals(Topic.INTENTS.topicName())) {
            return record;
        }
        var intent = RecordCodec.perThread().decode(Objects.requireNonNull(record.value()), RedeemChannel.class);
        var renamed =
                RedeemChannel.newBuilder(intent).setIntent(intent.getEffect()).build();
        return new StoredRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                RecordCodec.perThread().encode(renamed),
                record.time());
    }
}
