package io.crema.edge.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A command's options, each {@code --name value}, and what else was given. Immutable.
 *
 * @param options by name, without dashes
 * @param rest in order
 */
record Arguments(Map<String, String> options, List<String> rest) {

    /** Not understood; the message says what was expected. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /**
     * @param most how much may be given that is no option
     * @throws UsageException naming what is not known
     */
    static Arguments parse(List<String> arguments, List<String> known, int most) {
        Map<String, String> options = new TreeMap<>();
        List<String> rest = new ArrayList<>();
        for (var i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                rest.add(argument);
                continue;
            }
            var equals = argument.indexOf('=');
            var name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (!known.contains(name)) {
                throw new UsageException("unknown option --%s; there are: %s"
                        .formatted(name, known.isEmpty() ? "none" : "--" + String.join(", --", known)));
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                throw new UsageException("--%s needs a value".formatted(name));
            }
            options.put(name, equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
        }
        if (rest.size() > most) {
            throw new UsageException("do not know what to do with '%s'".formatted(rest.get(most)));
        }
        return new Arguments(options, rest);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(options.get(name));
    }

    String get(String name) {
        return find(name).orElseThrow(() -> new UsageException("--%s is missing".formatted(name)));
    }
}
