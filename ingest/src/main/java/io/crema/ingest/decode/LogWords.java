package io.crema.ingest.decode;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.events.Bytes20;
import io.crema.events.Bytes32;
import io.crema.ingest.watch.ChainLog;
import io.crema.schemas.convert.Convert;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;

/**
 * The words of an event whose fields are all of fixed size: the topics after the first, then the data. For the events of
 * which there are millions; what does not fit its type throws. Immutable.
 */
final class LogWords {
    private static final int WORD = 32;

    private final ChainLog log;
    private final byte[] data;

    /**
     * @param topics how many the event has, besides its own
     * @param words how many its data has, at least
     */
    LogWords(ChainLog log, int topics, int words) {
        if (log.topics().size() != topics + 1) {
            throw new IllegalArgumentException(
                    "it has %d topics, expected %d".formatted(log.topics().size(), topics + 1));
        }
        this.log = log;
        this.data = Hex.decode("data", log.data());
        if (data.length < words * WORD) {
            throw new IllegalArgumentException(
                    "its data has %d bytes, expected %d".formatted(data.length, words * WORD));
        }
    }

    byte[] topic(int index) {
        return Hex.decode("topic", log.topics().get(1 + index), WORD);
    }

    Bytes20 addressTopic(int index) {
        return new Bytes20(low(topic(index), 0, 20));
    }

    Bytes32 bytes32(int index) {
        return Convert.bytes32(Hash.of(Arrays.copyOfRange(data, index * WORD, (index + 1) * WORD)));
    }

    /** uint96. */
    BigDecimal amount(int index) {
        return Convert.decimal(new Amount(new BigInteger(1, data, index * WORD, WORD)));
    }

    /** uint64; above 2^63 it keeps its bits, as everywhere in the records. */
    long u64(int index) {
        return new BigInteger(1, low(data, index * WORD, 8)).longValue();
    }

    int u24(int index) {
        return new BigInteger(1, low(data, index * WORD, 3)).intValue();
    }

    /** uint40. */
    Instant seconds(int index) {
        return Instant.ofEpochSecond(new BigInteger(1, low(data, index * WORD, 5)).longValue());
    }

    /** bytes4, 0x-hexadecimal. */
    String bytes4(int index) {
        return Hex.encode(Arrays.copyOfRange(data, index * WORD, index * WORD + 4));
    }

    /** The low bytes of a word; the others are zero. */
    private static byte[] low(byte[] words, int from, int length) {
        var start = from + WORD - length;
        for (var i = from; i < start; i++) {
            if (words[i] != 0) {
                throw new IllegalArgumentException("a word of %d bytes is %s"
                        .formatted(length, Hex.encode(Arrays.copyOfRange(words, from, from + WORD))));
            }
        }
        return Arrays.copyOfRange(words, start, start + length);
    }
}
