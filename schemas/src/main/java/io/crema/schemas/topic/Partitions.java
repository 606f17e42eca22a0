package io.crema.schemas.topic;

import org.apache.kafka.common.utils.Utils;

/** Which partition a key belongs to: Kafka's murmur2, made positive, modulo the number of partitions. */
public final class Partitions {
    private Partitions() {}

    public static int of(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
