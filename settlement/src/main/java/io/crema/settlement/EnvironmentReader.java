package io.crema.settlement;

import io.crema.contracts.value.Address;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads settings and gathers all faults, so that they are told at once. Values of secrets are never read here. */
final class EnvironmentReader {
    private final Map<String, String> env;
    private final List<String> faults = new ArrayList<>();

    EnvironmentReader(Map<String, String> env) {
        this.env = env;
    }

    boolean isSet(String name) {
        return !env.getOrDefault(name, "").isBlank();
    }

    void fault(String sentence) {
        faults.add(sentence);
    }

    String text(String name) {
        var value = env.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            faults.add(name + " is not set");
        }
        return value;
    }

    List<String> list(String name) {
        return Arrays.stream(text(name).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Those that are http or https addresses; the others are faults, told by their place alone. */
    List<String> urls(String name) {
        var urls = list(name);
        for (var number = 0; number < urls.size(); number++) {
            if (!isUrl(urls.get(number))) {
                faults.add("%s: entry %d is no http or https address, expected such as http://127.0.0.1:8545"
                        .formatted(name, number + 1));
            }
        }
        return urls.stream().filter(EnvironmentReader::isUrl).toList();
    }

    private static boolean isUrl(String text) {
        try {
            var url = URI.create(text);
            return url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A whole number of at least 1, where it is set. */
    Optional<Integer> optional(String name) {
        return isSet(name) ? Optional.of(positive(name, Optional.empty())) : Optional.empty();
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

    /** A whole number of at least 1; empty default = it must be set. */
    int positive(String name, Optional<Integer> otherwise) {
        var value = env.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            if (otherwise.isEmpty()) {
                faults.add(name + " is not set");
            }
            return otherwise.orElse(1);
        }
        var number = parse(name, value);
        if (number.signum() < 1 || number.bitLength() > 31) {
            faults.add("%s is %s, expected a whole number from 1 to 2147483647".formatted(name, value));
            return 1;
        }
        return number.intValue();
    }

    /** A whole number above 0, where it is set. */
    Optional<BigInteger> number(String name) {
        var value = env.getOrDefault(name, "").strip();
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(parse(name, value)).filter(n -> n.signum() > 0);
    }

    /** @throws IllegalArgumentException when anything was wrong */
    void check(String service) {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(service + " cannot start: " + String.join("; ", faults));
        }
    }

    private BigInteger parse(String name, String value) {
        if (value.isEmpty() || value.length() > 40 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            faults.add("%s is '%s', expected a whole number".formatted(name, value));
            return BigInteger.ZERO;
        }
        return new BigInteger(value);
    }
}
