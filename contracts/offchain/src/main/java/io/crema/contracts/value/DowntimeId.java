package io.crema.contracts.value;

import io.crema.contracts.crypto.Words;

/** A claim for a rental's downtime on chain: {@code keccak256(abi.encode(rental, uint40 from, uint40 until))}. */
public record DowntimeId(Hash value) implements Comparable<DowntimeId> {

    /**
     * @param rental the digest of its Offer
     * @param from seconds since 1970
     * @param until seconds since 1970, exclusive
     */
    public static DowntimeId of(Hash rental, long from, long until) {
        return new DowntimeId(new Words(3)
                .hash(rental)
                .u64(Uint.u40("from", from))
                .u64(Uint.u40("until", until))
                .keccak());
    }

    public static DowntimeId fromHex(String text) {
        return new DowntimeId(Hash.fromHex(text));
    }

    /** The 32 bytes, as record keys carry them. */
    public byte[] bytes() {
        return value.bytes();
    }

    @Override
    public int compareTo(DowntimeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
