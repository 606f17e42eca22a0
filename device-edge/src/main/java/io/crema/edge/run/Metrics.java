package io.crema.edge.run;

import com.fasterxml.jackson.databind.JsonNode;

/** The health report in Prometheus' text format. Stateless. */
final class Metrics {
    private Metrics() {}

    static String text(JsonNode report) {
        var text = new StringBuilder();
        var state = report.path("state").asText();
        gauge(
                text,
                "crema_edge_serving",
                "1 while the machine serves or pours",
                state.equals("SERVING") || state.equals("POURING") ? 1 : 0);
        gauge(text, "crema_edge_receipts", "sequence of the newest receipt", number(report, "/receipts/newest"));
        gauge(
                text,
                "crema_edge_receipts_unpublished",
                "receipts that the log has not acknowledged",
                number(report, "/receipts/unpublished"));
        gauge(
                text,
                "crema_edge_reader_present",
                "1 while the contactless reader is there",
                report.at("/reader/state").asText().equals("AWAY") ? 0 : 1);
        gauge(
                text,
                "crema_edge_disk_free_bytes",
                "free bytes where the journals are",
                number(report, "/disk/freeBytes"));
        gauge(text, "crema_edge_resident_bytes", "resident memory", number(report, "/memoryBytes"));
        gauge(text, "crema_edge_up_seconds", "seconds since the start", number(report, "/upSeconds"));
        return text.toString();
    }

    private static long number(JsonNode report, String pointer) {
        return report.at(pointer).asLong();
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        text.append("# HELP %s %s%n# TYPE %s gauge%n%s %d%n".formatted(name, help, name, name, value));
    }
}
