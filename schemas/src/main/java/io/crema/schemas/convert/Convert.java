package io.crema.schemas.convert;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.Signature;
import io.crema.events.Bytes20;
import io.crema.events.Bytes32;
import io.crema.events.Bytes64;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;

/** Values to and from their Avro forms. An amount outside uint96 throws {@link ArithmeticException}. Stateless. */
public final class Convert {
    /** The last whole second that an instant of the log can hold: some 292,000 years. */
    public static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000;

    private Convert() {}

    public static Bytes32 bytes32(Hash hash) {
        return new Bytes32(hash.bytes());
    }

    public static Bytes32 bytes32(ChannelId id) {
        return bytes32(id.value());
    }

    public static Bytes32 bytes32(MachineId id) {
        return bytes32(id.value());
    }

    public static Bytes32 bytes32(ProductId id) {
        return bytes32(id.value());
    }

    public static Bytes20 bytes20(Address address) {
        return new Bytes20(address.bytes());
    }

    public static Bytes64 bytes64(Signature signature) {
        return new Bytes64(signature.bytes());
    }

    public static BigDecimal decimal(Amount amount) {
        return new BigDecimal(amount.value());
    }

    public static BigDecimal decimal(BigInteger value) {
        return new BigDecimal(value);
    }

    public static Hash hash(Bytes32 bytes) {
        return Hash.of(bytes.bytes());
    }

    public static ChannelId channel(Bytes32 bytes) {
        return new ChannelId(hash(bytes));
    }

    public static MachineId machine(Bytes32 bytes) {
        return new MachineId(hash(bytes));
    }

    public static ProductId product(Bytes32 bytes) {
        return new ProductId(hash(bytes));
    }

    public static Address address(Bytes20 bytes) {
        return Address.of(bytes.bytes());
    }

    public static Signature signature(Bytes64 bytes) {
        return Signature.of(bytes.bytes());
    }

    public static Amount amount(BigDecimal decimal) {
        return new Amount(decimal.toBigIntegerExact());
    }

    /** Seconds since 1970 as the signed types carry them. */
    public static Instant instant(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }

    public static long seconds(Instant instant) {
        return instant.getEpochSecond();
    }
}
