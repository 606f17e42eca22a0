package io.crema.phone;

/** A cryptographically strong source of bytes. Android phones know java.util.random only from version 15 on. */
@FunctionalInterface
public interface Nonces {

    /** Fills the array. */
    void fill(byte[] bytes);
}
