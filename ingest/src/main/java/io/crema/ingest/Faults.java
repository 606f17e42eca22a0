package io.crema.ingest;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, to name it all at once. For one thread. */
final class Faults {
    private final List<String> faults = new ArrayList<>();

    void unless(boolean right, String fault) {
        if (!right) {
            add(fault);
        }
    }

    void add(String fault) {
        faults.add(fault);
    }

    /** @throws IllegalArgumentException when there are any */
    void raise() {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("ingest cannot start: " + String.join("; ", faults));
        }
    }
}
