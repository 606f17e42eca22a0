package io.crema.ingest.rpc;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Hex;
import io.crema.ingest.watch.ChainLog;
import java.util.ArrayList;
import java.util.List;

/**
 * A header's logs bloom: 2048 bits of which each address and topic of the block's logs sets three (Ethereum yellow paper
 * 4.4.1). What is not in it was not logged; what is in it may have been. Immutable.
 */
final class Bloom {
    private static final int LENGTH = 256;

    private final byte[] bits;

    /** Three bits, which are worth keeping: finding them takes a hash. */
    record Bits(int first, int second, int third) {}

    private Bloom(byte[] bits) {
        this.bits = bits;
    }

    /** @throws IllegalArgumentException when it is no 256 bytes in hexadecimal */
    static Bloom of(String text) {
        return new Bloom(Hex.decode("logsBloom", text, LENGTH));
    }

    static Bits bits(String hex) {
        var hash = Keccak.hash(Hex.decode("address or topic", hex)).bytes();
        return new Bits(bit(hash, 0), bit(hash, 2), bit(hash, 4));
    }

    private static int bit(byte[] hash, int at) {
        return ((hash[at] & 7) << 8) | (hash[at + 1] & 0xff);
    }

    boolean mayHold(Bits wanted) {
        return isSet(wanted.first()) && isSet(wanted.second()) && isSet(wanted.third());
    }

    private boolean isSet(int bit) {
        return (bits[LENGTH - 1 - bit / 8] & (1 << (bit % 8))) != 0;
    }

    /** What of a log goes into the bloom. */
    static List<String> parts(ChainLog log) {
        List<String> parts = new ArrayList<>(log.topics());
        parts.add(log.contract().hex());
        return parts;
    }
}
