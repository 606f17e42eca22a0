package io.crema.ingest.decode;

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

    /** uint64; above 2^63 it keeps its bits, as everywhere in the records. */
    static long u64(BigInteger value) {
        return value.longValue();
    }

    static Instant seconds(BigInteger value) {
        return Instant.ofEpochSecond(value.longValueExact());
    }
}
