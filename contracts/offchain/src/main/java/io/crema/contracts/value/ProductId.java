package io.crema.contracts.value;

import io.crema.contracts.crypto.Keccak;
import java.nio.charset.StandardCharsets;

/** A product of a tariff; its name and price live there: {@code keccak256(UTF-8 name)} by convention. */
public record ProductId(Hash value) implements Comparable<ProductId> {

    public static ProductId named(String name) {
        return new ProductId(Keccak.hash(name.getBytes(StandardCharsets.UTF_8)));
    }

    public static ProductId fromHex(String text) {
        return new ProductId(Hash.fromHex(text));
    }

    /** The 32 bytes, as record keys carry them. */
    public byte[] bytes() {
        return value.bytes();
    }

    @Override
    public int compareTo(ProductId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
