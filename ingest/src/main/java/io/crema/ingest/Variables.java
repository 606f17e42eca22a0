package io.crema.ingest;

import io.crema.contracts.value.Address;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads environment variables, and remembers what is wrong with them. For one thread. */
final class Variables {
    private final Map<String, String> env;
    private final Faults faults = new Faults();

    Variables(Map<String, String> env) {
        this.env = env;
    }

    String text(String name) {
        var value = env.getOrDefault(name, "").strip();
        faults.unless(!value.isEmpty(), name + " is not set");
        return value;
    }

    long number(String name, long min, long max) {
        var value = text(name);
        return value.isEmpty() ? min : number(name, value, min, max);
    }

    long number(String name, long otherwise, long min, long max) {
        var value = env.getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : number(name, value, min, max);
    }

    private long number(String name, String value, long min, long max) {
        try {
            var number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // named below
        }
        faults.add("%s is %s; give a whole number from %d to %d".formatted(name, value, min, max));
        return min;
    }

    Address address(String name) {
        var value = text(name);
        try {
            return value.isEmpty() ? Address.ZERO : Address.fromHex(value);
        } catch (IllegalArgumentException e) {
            faults.add(name + ": " + e.getMessage());
            return Address.ZERO;
        }
    }

    /** Values are not repeated in a message: they may hold secrets. */
    List<URI> urls(String name) {
        List<URI> urls = new ArrayList<>();
        for (var part : text(name).split(",", -1)) {
            try {
                if (!part.isBlank()) {
                    urls.add(URI.create(part.strip()));
                }
            } catch (IllegalArgumentException e) {
                faults.add(name + " holds something that is no address; give http(s) addresses separated by commas");
            }
        }
        return urls;
    }

    void raise() {
        faults.raise();
    }
}
