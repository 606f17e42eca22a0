package io.crema.streams;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Metrics in Prometheus' text format, version 0.0.4. Not thread-safe. */
final class Exposition {
    static final String PREFIX = "crema_streams_";

    private final Map<String, StringBuilder> metrics = new LinkedHashMap<>();

    /**
     * One sample.
     *
     * @param metric behind the prefix; a counter when it ends in _total
     * @param labels as {@link #labels} makes them
     */
    void add(String metric, String help, String labels, Object value) {
        var name = PREFIX + metric;
        metrics.computeIfAbsent(
                        name,
                        first -> new StringBuilder("# HELP %s %s\n# TYPE %s %s\n"
                                .formatted(first, help, first, first.endsWith("_total") ? "counter" : "gauge")))
                .append(name)
                .append(labels.isEmpty() ? "" : "{" + labels + "}")
                .append(' ')
                .append(value)
                .append('\n');
    }

    /** From names and values in turn. */
    static String labels(Object... namesAndValues) {
        var joined = new StringJoiner(",");
        for (var i = 0; i < namesAndValues.length; i += 2) {
            var value = String.valueOf(namesAndValues[i + 1])
                    .replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("\n", "\\n");
            joined.add(namesAndValues[i] + "=\"" + value + "\"");
        }
        return joined.toString();
    }

    @Override
    public String toString() {
        return String.join("", metrics.values());
    }
}
