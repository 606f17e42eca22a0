package io.crema.simulation.world;

import io.crema.events.CustomerKey;
import io.crema.events.CustomerKeys;
import io.crema.schemas.wire.RecordCodec;
import io.crema.simulation.log.Fetched;
import io.crema.simulation.log.StoredRecord;
import java.util.List;
import java.util.Objects;

/** Forgets a customer's earlier keys on their way to a channel: part of a planted fault. */
final class NewestKeys {
    private NewestKeys() {}

    static Fetched only(Fetched fetched) {
        return new Fetched(fetched.records().stream().map(NewestKeys::forgetful).toList(), fetched.next());
    }

    private static StoredRecord forgetful(StoredRecord record) {
        if (!record.topic().endsWith("-keys-repartition")) {
            return record;
        }
        var keys = RecordCodec.perThread().decode(Objects.requireNonNull(record.value()), CustomerKeys.class);
        var newest = keys.getKeys().getLast();
        var only = new CustomerKeys(
                keys.getChannel(), List.of(new CustomerKey(newest.getEpoch(), newest.getSigner(), null)));
        return new StoredRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                RecordCodec.perThread().encode(only),
                record.time());
    }
}
