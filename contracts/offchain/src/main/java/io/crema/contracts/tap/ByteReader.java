package io.crema.contracts.tap;

import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.Signature;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Reads what {@link ByteWriter} wrote; every fault is a {@link MessageFormatException}. Not thread-safe. */
public final class ByteReader {
    private final byte[] bytes;
    private int at;

    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads a whole message: the bytes must end where the value does. */
    public static <T> T whole(byte[] bytes, Function<ByteReader, T> message) {
        var reader = new ByteReader(bytes);
        try {
            var value = message.apply(reader);
            reader.end();
            return value;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MessageFormatException("a value is out of its range: " + e.getMessage(), e);
        }
    }

    public int u8() {
        return bytes[advance(1)] & 0xff;
    }

    public int u16() {
        return u8() << 8 | u8();
    }

    public long u32() {
        return (long) u16() << 16 | u16();
    }

    public long u64() {
        return u32() << 32 | u32();
    }

    public byte[] raw(int size) {
        var from = advance(size);
        return Arrays.copyOfRange(bytes, from, from + size);
    }

    public byte[] block() {
        return raw(u16());
    }

    public Hash hash() {
        return Hash.of(raw(Hash.LENGTH));
    }

    public Address address() {
        return Address.of(raw(Address.LENGTH));
    }

    public Amount amount() {
        return new Amount(new BigInteger(1, raw(12)));
    }

    public Signature signature() {
        return Signature.of(raw(Signature.LENGTH));
    }

    public Sale sale() {
        return new Sale(
                new MachineId(hash()), new ProductId(hash()), amount(), amount(), address(), u32(), u64(), hash());
    }

    public Receipt receipt() {
        return new Receipt(new ChannelId(hash()), u64(), amount(), hash());
    }

    public Signed<Receipt> signedReceipt() {
        return new Signed<>(receipt(), signature());
    }

    public Signed<Badge> badge() {
        var badge = new Badge(address(), address(), new ChannelId(hash()), amount(), u32(), u64(), u64());
        return new Signed<>(badge, signature());
    }

    public Signed<Placement> placement() {
        var placement = new Placement(new ChannelId(hash()), new MachineId(hash()), address(), address(), u8(), u64());
        return new Signed<>(placement, signature());
    }

    public Signed<Tariff> tariff() {
        return new Signed<>(new Tariff(new MachineId(hash()), u32(), u64(), hash()), signature());
    }

    /** A byte 0 (absent) or 1, then the value. */
    public <T> Optional<T> optional(Function<ByteReader, T> value) {
        return flag() ? Optional.of(value.apply(this)) : Optional.empty();
    }

    /** A byte that is 0 or 1. */
    public boolean flag() {
        var value = u8();
        if (value > 1) {
            throw new MessageFormatException("a flag is 0 or 1, got " + value);
        }
        return value == 1;
    }

    public int remaining() {
        return bytes.length - at;
    }

    public void end() {
        if (at != bytes.length) {
            throw new MessageFormatException("the message goes on for %d bytes after its end".formatted(remaining()));
        }
    }

    private int advance(int size) {
        if (bytes.length - at < size) {
            throw new MessageFormatException(
                    "the message ends after %d bytes, %d more were expected".formatted(bytes.length, size));
        }
        at += size;
        return at - size;
    }
}
