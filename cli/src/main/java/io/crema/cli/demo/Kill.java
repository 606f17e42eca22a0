package io.crema.cli.demo;

import io.crema.cli.system.ServiceName;

/**
 * A service that shall be ended with SIGKILL and started again.
 *
 * @param percent of the cups after which it happens, from 1 to 99
 */
record Kill(ServiceName service, int percent) {

    Kill {
        if (percent < 1 || percent > 99) {
            throw new IllegalArgumentException("a service is killed at 1 to 99 percent of the cups, got " + percent);
        }
    }

    /** @param text such as {@code streams@30} */
    static Kill parse(String text) {
        var parts = text.split("@", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "--kill %s: expected SERVICE@PERCENT such as streams@30".formatted(text));
        }
        var service = ServiceName.parse(parts[0]);
        try {
            return new Kill(service, Integer.parseInt(parts[1].replace("%", "").strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--kill %s: '%s' is no whole number of percent; expected SERVICE@PERCENT such as streams@30"
                            .formatted(text, parts[1]),
                    e);
        }
    }
}
