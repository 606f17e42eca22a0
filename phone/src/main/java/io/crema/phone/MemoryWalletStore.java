package io.crema.phone;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Forgets everything with the process. Thread-safe. */
public final class MemoryWalletStore implements WalletStore {
    private final Map<String, byte[]> values = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> get(String name) {
        return Optional.ofNullable(values.get(name)).map(byte[]::clone);
    }

    @Override
    public void put(String name, byte[] value) {
        values.put(name, value.clone());
    }
}
