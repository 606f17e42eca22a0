package io.crema.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.cli.Crema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole system on its real parts, as a user runs it. */
class DemoIT {
    private static final String TRACE = "\uFEFFCoffee_Name,money,card,cash_type,datetime,date\r\n"
            + "Latte,38.7,ANON-1,card,2024/3/1 10:15,2024/3/1\r\n"
            + "\"Hot  Chocolate\" , 38.70 ,ANON-2, Card ,2024-03-01T12:19:22.5,x\r\n"
            + "Latte,40,,cash,2024/3/1 12:20,x\r\n"
            + "LATTE ,35.76,anon-1,card,2024-06-01 09:00:00,x\r\n"
            + "Latte,nothing,ANON-1,card,2024/6/1 9:05,x\r\n"
            + "Espresso,24,ANON-3,card,2024/6/1 9:05,x\r\n";

    @TempDir
    private Path folder = Path.of("");

    private record Ended(int code, String out, String err) {
        JsonNode report() throws IOException {
            assertThat(out)
                    .as("the demo's report; it said last: %s", lastWords())
                    .startsWith("{");
            return new ObjectMapper().readTree(out);
        }

        private String lastWords() {
            var lines = err.strip().lines().toList();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        }
    }

    @Test
    void shouldSellATraceToTheLastUnit() throws IOException {
        var trace = Files.writeString(folder.resolve("trace.csv"), TRACE);

        var ended = demo("--trace", trace.toString(), "--speed", "max", "--seed", "7");

        var report = ended.report();
        assertThat(ended.code()).isZero();
        assertThat(report.at("/trace/rows").asInt()).isEqualTo(6);
        assertThat(report.at("/trace/card").asInt()).isEqualTo(4);
        assertThat(report.at("/trace/cash").asInt()).isEqualTo(1);
        assertThat(report.at("/trace/refused/0/line").asInt()).isEqualTo(6);
        assertThat(report.at("/trace/refused/0/reason").asText()).contains("nothing");
        assertThat(report.at("/receipts/accepted").asInt()).isEqualTo(4);
        for (var amount : List.of("accepted", "redeemed", "credited")) {
            assertThat(report.at("/amounts/" + amount).asText()).as(amount).isEqualTo("137160000");
        }
        assertThat(report.at("/amounts/outstanding").asText()).isEqualTo("0");
        assertAllInvariantsHold(report);
        assertThat(report.at("/transactions/count").asInt()).isPositive();
        assertThat(report.at("/firstCupSeconds").asDouble()).isPositive();
    }

    @Test
    void shouldGoOnFromItsDataDirectory() throws IOException {
        var dataDir = folder.resolve("data").toString();
        var first =
                demo("--cups", "30", "--machines", "2", "--data-dir", dataDir).report();
        var second = demo("--cups", "20", "--data-dir", dataDir).report();

        assertThat(first.at("/receipts/accepted").asInt()).isEqualTo(30);
        assertThat(second.at("/receipts/accepted").asInt()).isEqualTo(50);
        assertThat(second.at("/amounts/redeemed").asText())
                .isEqualTo(second.at("/amounts/accepted").asText());
        assertAllInvariantsHold(second);

        var otherFleet = demo("--cups", "1", "--machines", "5", "--data-dir", dataDir);
        assertThat(otherFleet.code()).isEqualTo(1);
        assertThat(otherFleet.err()).contains("holds 2 machines, not 5");

        try (var chain = Files.walk(folder.resolve("data/chain"))) {
            for (var file : chain.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        var lostChain = demo("--cups", "1", "--data-dir", dataDir);
        assertThat(lostChain.code()).isEqualTo(1);
        assertThat(lostChain.err()).contains("the chain is behind its log");
    }

    /** A day of one machine with forty people: the log hears of it in the evening. */
    @Test
    @Tag("long")
    void shouldAgreeWithTheChainAfterADayOffline() throws IOException {
        var report = demo("--machines", "1", "--employees", "40", "--cups", "300", "--offline", "100")
                .report();

        assertThat(report.at("/offline/untilCup").asInt()).isEqualTo(300);
        assertThat(report.at("/offline/kept").asInt()).isEqualTo(300);
        assertThat(report.at("/receipts/accepted").asInt()).isEqualTo(300);
        assertThat(report.at("/amounts/credited").asText())
                .isEqualTo(report.at("/amounts/accepted").asText());
        assertAllInvariantsHold(report);
    }

    @Test
    @Tag("long")
    void shouldEndWithTheSameSumsWhenEveryServiceIsKilled() throws IOException {
        var calm = demo("--cups", "150", "--machines", "2", "--seed", "11").report();
        var stormy = demo(
                        "--cups",
                        "150",
                        "--machines",
                        "2",
                        "--seed",
                        "11",
                        "--kill",
                        "streams@30",
                        "--kill",
                        "ingest@30",
                        "--kill",
                        "settlement@30",
                        "--kill",
                        "projections@30",
                        "--kill",
                        "edge@30")
                .report();

        assertThat(stormy.at("/kills")).hasSize(5);
        assertThat(stormy.at("/amounts")).isEqualTo(calm.at("/amounts"));
        assertThat(stormy.at("/receipts")).isEqualTo(calm.at("/receipts"));
        assertAllInvariantsHold(stormy);
    }

    private static void assertAllInvariantsHold(JsonNode report) {
        var invariants = StreamSupport.stream(report.at("/invariants").spliterator(), false)
                .toList();
        assertThat(invariants).extracting(i -> i.path("id").asInt()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(invariants)
                .allSatisfy(i -> assertThat(i.path("holds").asBoolean())
                        .as(i.path("detail").asText())
                        .isTrue());
    }

    private static Ended demo(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("demo", "--json"));
        all.addAll(List.of(args));
        var code = Crema.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }
}
