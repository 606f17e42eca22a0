package io.crema.contracts.tap;

import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.util.Arrays;

/**
 * Writes the protocol's values one after another, packed and big-endian: hash 32 bytes, address 20, amount 12, signature
 * 64. Journals use the same forms. Not thread-safe.
 */
public final class ByteWriter {
    private byte[] bytes = new byte[256];
    private int length;

    public ByteWriter u8(int value) {
        var at = advance(1);
        bytes[at] = (byte) value;
        return this;
    }

    public ByteWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public ByteWriter u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    public ByteWriter u64(long value) {
        return u32(value >>> 32).u32(value);
    }

    public ByteWriter raw(byte[] value) {
        var at = advance(value.length);
        System.arraycopy(value, 0, bytes, at, value.length);
        return this;
    }

    /** A length in two bytes, then the bytes. */
    public ByteWriter block(byte[] value) {
        if (value.length > 0xffff) {
            throw new MessageFormatException("a block has at most 65535 bytes, got " + value.length);
        }
        return u16(value.length).raw(value);
    }

    public ByteWriter hash(Hash value) {
        var at = advance(Hash.LENGTH);
        value.copyTo(bytes, at);
        return this;
    }

    public ByteWriter address(Address value) {
        var at = advance(Address.LENGTH);
        value.copyTo(bytes, at);
        return this;
    }

    public ByteWriter amount(Amount value) {
        var raw = value.value().toByteArray();
        var size = Math.min(raw.length, 12);
        var at = advance(12) + 12 - size;
        System.arraycopy(raw, raw.length - size, bytes, at, size);
        return this;
    }

    public ByteWriter signature(Signature value) {
        return raw(value.bytes());
    }

    public ByteWriter sale(Sale sale) {
        return hash(sale.machine().value())
                .hash(sale.product().value())
                .amount(sale.price())
                .amount(sale.credit())
                .address(sale.employee())
                .u32(sale.tariff())
                .u64(sale.time())
                .hash(sale.salt());
    }

    public ByteWriter receipt(Receipt receipt) {
        return hash(receipt.channel().value())
                .u64(receipt.sequence())
                .amount(receipt.total())
                .hash(receipt.history());
    }

    public ByteWriter signedReceipt(Signed<Receipt> signed) {
        return receipt(signed.content()).signature(signed.signature());
    }

    public ByteWriter badge(Signed<Badge> signed) {
        var badge = signed.content();
        return address(badge.customer())
                .address(badge.employee())
                .hash(badge.channel().value())
                .amount(badge.maxTotal())
                .u32(badge.epoch())
                .u64(badge.validFrom())
                .u64(badge.validUntil())
                .signature(signed.signature());
    }

    public ByteWriter placement(Signed<Placement> signed) {
        var placement = signed.content();
        return hash(placement.channel().value())
                .hash(placement.machine().value())
                .address(placement.machineKey())
                .address(placement.token())
                .u8(placement.decimals())
                .u64(placement.validUntil())
                .signature(signed.signature());
    }

    public ByteWriter tariff(Signed<Tariff> signed) {
        var tariff = signed.content();
        return hash(tariff.machine().value())
                .u32(tariff.version())
                .u64(tariff.validFrom())
                .hash(tariff.items())
                .signature(signed.signature());
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private int advance(int size) {
        var at = length;
        length += size;
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
        }
        return at;
    }
}
