package io.crema.ingest.decode;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.Verdict;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.events.Bytes20;
import io.crema.events.Bytes32;
import io.crema.schemas.convert.Convert;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;

/** An event's fields, from the wrappers' types to the records'. Stateless. */
final class Fields {
    private Fields() {}

    static Bytes32 bytes32(byte[] value) {
        return Convert.bytes32(Hash.of(value));
    }

    static Bytes20 bytes20(String address) {
        return Convert.bytes20(Address.fromHex(address));
    }

    static BigDecimal amount(BigInteger value) {
        return Convert.decimal(new Amount(value));
    }

    /** A uint256, or less. */
    static BigDecimal unsigned(BigInteger value) {
        return new BigDecimal(value);
    }

    /** A uint256 as its 32 bytes. */
    static Bytes32 word(BigInteger value) {
        return Convert.bytes32(Hash.of(new Words(1).unsigned(value).toBytes()));
    }

    /** By name; a number that has none as it is. */
    static String verdict(BigInteger value) {
        var code = value.intValueExact();
        return Verdict.isKnown(code) ? Verdict.of(code).name() : Integer.toString(code);
    }

    /** uint64; above 2^63 it keeps its bits, as everywhere in the records. */
    static long u64(BigInteger value) {
        return value.longValue();
    }

    static Instant seconds(BigInteger value) {
        return Instant.ofEpochSecond(value.longValueExact());
    }
}
