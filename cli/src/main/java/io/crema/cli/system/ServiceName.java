package io.crema.cli.system;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The services of the system, as the command line names them. */
public enum ServiceName {
    INGEST,
    STREAMS,
    SETTLEMENT,
    PROJECTIONS,
    EDGE;

    /** Lower case, as typed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the text and the services there are */
    public static ServiceName parse(String text) {
        return Arrays.stream(values())
                .filter(service -> service.text().equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no service; there are %s".formatted(text, String.join(", ", texts()))));
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(ServiceName::text).toList();
    }
}
