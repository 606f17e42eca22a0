package io.crema.streams;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads environment variables and gathers what is wrong with them, to tell all at once. For one thread. */
final class Variables {
    private final Map<String, String> env;
    private final List<String> faults = new ArrayList<>();

    Variables(Map<String, String> env) {
        this.env = env;
    }

    String text(String name) {
        var value = env.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            faults.add(name + " is not set");
        }
        return value;
    }

    String text(String name, String otherwise) {
        var value = env.getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    Address address(String name) {
        return parse(name, text(name), Address.ZERO, Address::fromHex, "0x and 40 hexadecimal digits");
    }

    Amount amount(String name, Amount otherwise) {
        return parse(name, text(name, ""), otherwise, Amount::parse, "a whole number in the token's smallest unit");
    }

    double decimal(String name, double otherwise) {
        return parse(name, text(name, ""), otherwise, Double::parseDouble, "a number");
    }

    int number(String name, int otherwise, int min, int max) {
        return (int) wide(name, text(name, ""), otherwise, min, max);
    }

    /** One that must be set. */
    long positive(String name) {
        return wide(name, text(name), 1, 1, Long.MAX_VALUE);
    }

    void fault(String fault) {
        faults.add(fault);
    }

    /** @throws IllegalArgumentException naming everything that is wrong */
    void raise() {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("streams cannot start: " + String.join("; ", faults));
        }
    }

    private long wide(String name, String value, long otherwise, long min, long max) {
        var expected = "a whole number from %d to %d".formatted(min, max);
        var number = parse(name, value, otherwise, Long::parseLong, expected);
        if (number < min || number > max) {
            faults.add("%s is %s, expected %s".formatted(name, value, expected));
            return otherwise;
        }
        return number;
    }

    private <T> T parse(String name, String value, T otherwise, Function<String, T> parser, String expected) {
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            faults.add("%s is %s, expected %s".formatted(name, value, expected));
            return otherwise;
        }
    }
}
