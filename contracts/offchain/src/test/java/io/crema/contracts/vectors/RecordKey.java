package io.crema.contracts.vectors;

/**
 * The rule that puts a record key into a partition: Kafka's murmur2 of the raw key bytes, made positive, modulo the
 * number of partitions. Written here from the definition, to be checked against Kafka's own. Stateless.
 */
final class RecordKey {
    private static final int SEED = 0x9747b28c;
    private static final int MIX = 0x5bd1e995;

    private RecordKey() {}

    /**
     * @param key the raw bytes: a channel id, a machine id, an account
     * @param partitions of the topic, at least 1
     * @return from 0 to {@code partitions} − 1
     */
    static int partition(byte[] key, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic has at least 1 partition, got " + partitions);
        }
        return (murmur2(key) & 0x7fffffff) % partitions;
    }

    /** The 32-bit MurmurHash2 with Kafka's seed. */
    static int murmur2(byte[] key) {
        var hash = SEED ^ key.length;
        var words = key.length / 4;
        for (var i = 0; i < words; i++) {
            var word = (key[4 * i] & 0xff)
                    | (key[4 * i + 1] & 0xff) << 8
                    | (key[4 * i + 2] & 0xff) << 16
                    | (key[4 * i + 3] & 0xff) << 24;
            word *= MIX;
            word ^= word >>> 24;
            hash = hash * MIX ^ word * MIX;
        }
        var rest = key.length % 4;
        if (rest > 0) {
            for (var i = rest - 1; i >= 0; i--) {
                hash ^= (key[4 * words + i] & 0xff) << (8 * i);
            }
            hash *= MIX;
        }
        hash ^= hash >>> 13;
        hash *= MIX;
        return hash ^ hash >>> 15;
    }
}
