package io.crema.edge.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.crema.contracts.value.Amount;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The health report for people. Stateless. */
final class HealthHtml {
    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:44rem;padding:0 1rem;color:#222;background:#fff}
            h1{font-size:1.4rem;margin:0}p.state{font-size:1.1rem;padding:.8rem 1rem;border-left:.4rem solid;background:#f6f6f6}
            p.SERVING,p.POURING{border-color:#217a3c}p.WAITING{border-color:#b8860b}p.REFUSING{border-color:#b22222}
            table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;width:11rem;vertical-align:top}
            th,td{padding:.4rem .6rem .4rem 0;border-bottom:1px solid #ddd;overflow-wrap:anywhere}
            .bad{color:#b22222}footer{margin-top:1.5rem;color:#666;font-size:.9rem}a{color:inherit}
            @media(prefers-color-scheme:dark){body{background:#181818;color:#eee}p.state{background:#242424}th,td{border-color:#444}
            .bad{color:#ff8a80}footer{color:#aaa}}
            """;

    private HealthHtml() {}

    static String page(JsonNode report) {
        var state = report.path("state").asText();
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><meta http-equiv=\"refresh\" content=\"5\">");
        html.append("<title>%s %s</title><style>%s</style></head><body>"
                .formatted(escape(report.path("serial").asText()), state.toLowerCase(java.util.Locale.ROOT), STYLE));
        html.append("<h1>Machine %s</h1>".formatted(escape(report.path("serial").asText())));
        html.append("<p class=\"state %s\"><strong>%s</strong><br>%s</p><table>"
                .formatted(state, state, escape(report.path("sentence").asText())));
        rows(html, report);
        html.append("</table><footer>Version %s, Java %s. "
                .formatted(
                        escape(report.path("version").asText()),
                        escape(report.path("java").asText())));
        html.append(
                "<a href=\"/health\">JSON</a> <a href=\"/metrics\">metrics</a> <a href=\"/thing\">thing</a>"
                        + " <a href=\"/receipt\">newest receipt</a> <a href=\"/receipt.svg\">as QR code</a></footer></body></html>");
        return html.append('\n').toString();
    }

    private static void rows(StringBuilder html, JsonNode report) {
        row(
                html,
                "Last tap",
                report.at("/lastTap/sentence").asText("none since the start"),
                seconds(report.at("/lastTap/time")));
        var receipts = report.path("receipts");
        if (receipts.isObject()) {
            row(
                    html,
                    "Receipts",
                    "newest %d, %d wait for the log"
                            .formatted(
                                    receipts.path("newest").asLong(),
                                    receipts.path("unpublished").asLong()),
                    "");
            var decimals = receipts.path("decimals").asInt();
            row(
                    html,
                    "Money",
                    "%s of %s used"
                            .formatted(
                                    money(receipts.path("total"), decimals),
                                    money(receipts.path("deposited"), decimals)),
                    "");
            row(html, "Offline", report.at("/horizon/sentence").asText(), "");
            row(html, "Newest block", report.at("/block/number").asText("none yet"), seconds(report.at("/block/time")));
        }
        row(html, "Reader", report.at("/reader/sentence").asText(), "");
        row(
                html,
                "Body",
                "%s %s, %s"
                        .formatted(
                                report.at("/body/manufacturer").asText(),
                                report.at("/body/model").asText(),
                                adapter(report.at("/body/adapter").asText())),
                report.at("/body/obstacle").asText());
        trouble(
                html,
                "Log by " + report.at("/log/by").asText(),
                report.at("/log/trouble").asText(),
                "last took something " + seconds(report.at("/log/arrived")));
        if (report.has("downlink")) {
            trouble(html, "Downlink", report.at("/downlink/trouble").asText(), "the gateway answers");
        }
        row(
                html,
                "Disk",
                "%d MiB free".formatted(report.at("/disk/freeBytes").asLong() >> 20),
                report.at("/disk/low").asBoolean() ? "that is little" : "");
        row(html, "Memory", "%d MiB".formatted(report.path("memoryBytes").asLong() >> 20), "");
        row(
                html,
                "Clock",
                seconds(report.path("time")),
                report.path("clockWrong").asBoolean() ? "it contradicts the chain" : "");
        row(html, "Machine id", report.path("machine").asText(), "");
    }

    private static void trouble(StringBuilder html, String name, String trouble, String otherwise) {
        if (trouble.isEmpty()) {
            row(html, name, otherwise, "");
        } else {
            html.append("<tr><th>%s</th><td class=\"bad\">%s</td></tr>".formatted(escape(name), escape(trouble)));
        }
    }

    private static void row(StringBuilder html, String name, String value, String more) {
        html.append("<tr><th>%s</th><td>%s%s</td></tr>"
                .formatted(escape(name), escape(value), more.isEmpty() ? "" : " (" + escape(more) + ")"));
    }

    private static String adapter(String name) {
        return switch (name) {
            case "simulated" -> "simulated: receipts are real, nothing is poured";
            case "http" -> "by its REST interface";
            default -> "by this computer's pins";
        };
    }

    private static String seconds(JsonNode time) {
        return time.isTextual()
                ? Instant.parse(time.asText()).truncatedTo(ChronoUnit.SECONDS).toString()
                : "";
    }

    private static String money(JsonNode amount, int decimals) {
        return Till.text(Amount.parse(amount.asText("0")), decimals);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
