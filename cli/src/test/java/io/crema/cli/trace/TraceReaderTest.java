package io.crema.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.value.Amount;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TraceReaderTest {
    private static final String HEADER = "date,datetime,cash_type,card,money,coffee_name\n";

    private static Trace read(String text) {
        return new TraceReader(6).read("t.csv", text);
    }

    private static String onlyReason(String row) {
        var trace = read(HEADER + row);
        assertThat(trace.rows()).isEqualTo(1);
        assertThat(trace.refused())
                .hasSize(1)
                .first()
                .extracting(TraceRow.Refused::line)
                .isEqualTo(2);
        return trace.refused().getFirst().reason();
    }

    @Test
    void shouldReadCardAndCashRows() {
        var trace = read(HEADER
                + "2024/3/1,2024/3/1 10:15,card,ANON-1,38.7,Latte\n"
                + "2024-03-02,2024-03-02 10:22:50.345,cash,,40,Latte\n");
        assertThat(trace.cards())
                .containsExactly(new TraceRow.Card(
                        2, Instant.parse("2024-03-01T10:15:00Z"), "ANON-1", Amount.of(38_700_000), "Latte"));
        assertThat(trace.cash()).containsExactly(new TraceRow.Cash(3, Instant.parse("2024-03-02T10:22:50Z")));
        assertThat(trace.refused()).isEmpty();
        assertThat(trace.total()).isEqualTo(Amount.of(38_700_000));
    }

    @Test
    void shouldTakeColumnsInAnyOrderWithMarksSpacesQuotesAndMixedCase() {
        var trace = read("\uFEFF Coffee_Name ,\"MONEY\",card, Cash_Type,DATETIME,date\r\n"
                + "  \"Cortado\"  , 28.90 , anon-2 ,CARD, 2024-03-01T10:15:00Z ,x\r\n"
                + "CORTADO   ,28.9,ANON-2,Card,2024/3/1 10:16,\r\n"
                + "\"Americano with  Milk\",1e1,\"A,3\",card,2024-03-01T12:15:00.5+02:00,\r\n\r\n");
        assertThat(trace.refused()).isEmpty();
        assertThat(trace.cards())
                .extracting(TraceRow.Card::product)
                .containsExactly("Cortado", "Americano with Milk", "Cortado");
        assertThat(trace.cards()).extracting(TraceRow.Card::card).containsExactly("ANON-2", "A,3", "ANON-2");
        assertThat(trace.cards())
                .extracting(TraceRow.Card::price)
                .containsExactly(Amount.of(28_900_000), Amount.of(10_000_000), Amount.of(28_900_000));
    }

    @Test
    void shouldOrderSalesByTimeAndThenByLine() {
        var trace = read(HEADER
                + "d,2024/3/2 10:15,card,B,1,Latte\n"
                + "d,2024/3/1 10:15,card,A,1,Latte\n"
                + "d,2024/3/1 10:15,card,C,1,Latte\n");
        assertThat(trace.cards()).extracting(TraceRow.Card::line).containsExactly(3, 4, 2);
    }

    @Test
    void shouldNameWhatIsWrongWithARow() {
        assertThat(onlyReason("d,yesterday,card,A,1,Latte")).contains("datetime is 'yesterday'");
        assertThat(onlyReason("d,2024/2/30 10:15,card,A,1,Latte")).contains("2024/2/30");
        assertThat(onlyReason("d,2024/3/1 10:15,cheque,A,1,Latte")).contains("cash_type is 'cheque'");
        assertThat(onlyReason("d,2024/3/1 10:15,card,,1,Latte")).contains("card is empty");
        assertThat(onlyReason("d,2024/3/1 10:15,card,A,free,Latte")).contains("money is 'free'");
        assertThat(onlyReason("d,2024/3/1 10:15,card,A,-1,Latte")).contains("money is '-1'");
        assertThat(onlyReason("d,2024/3/1 10:15,card,A,0.0000001,Latte")).contains("6 decimals");
        assertThat(onlyReason("d,2024/3/1 10:15,card,A,1e40,Latte")).contains("money is '1e40'");
        assertThat(onlyReason("d,2024/3/1 10:15,card,A,1e-2000000000,Latte")).contains("money is '1e-2000000000'");
        assertThat(onlyReason("d,2024/3/1 10:15,card,A,1, ")).contains("coffee_name is empty");
        assertThat(onlyReason("d,2024/3/1 10:15,card")).contains("3 fields");
        assertThat(onlyReason("d,2024/3/1 10:15,card,\"A,1,Latte")).contains("quotes");
        assertThat(onlyReason("d,1969/3/1 10:15,card,A,1,Latte")).contains("before 1970");
    }

    @Test
    void shouldGoOnAfterABrokenQuote() {
        var trace = read(HEADER + "d,2024/3/1 10:15,card,\"A,1,Latte\nd,2024/3/1 10:16,card,A,1,Latte\n");
        assertThat(trace.refused()).hasSize(1);
        assertThat(trace.cards()).hasSize(1);
    }

    @Test
    void shouldNameAMissingColumnAndItsLine() {
        assertThatThrownBy(() -> read("date,datetime,cash_type,card,coffee_name\n"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("column 'money' is missing");
        assertThatThrownBy(() -> read("date,datetime,cash_type,card,card,money,coffee_name\n"))
                .hasMessageContaining("'card' stands there twice");
        assertThatThrownBy(() -> read("\n \n")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> new TraceReader(6).read(Path.of("no-such.csv")))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("no-such.csv");
    }

    @Property(tries = 200)
    void shouldAccountForEveryRow(@ForAll List<@StringLength(max = 30) String> rows) {
        var nonBlank = rows.stream()
                .flatMap(row -> Arrays.stream(row.split("\r\n|\n|\r", -1)))
                .filter(row -> !row.isBlank())
                .count();
        var trace = read(HEADER + String.join("\n", rows));
        assertThat(trace.rows()).isEqualTo((int) nonBlank);
        assertThat(trace.cards().size() + trace.cash().size() + trace.refused().size())
                .isEqualTo(trace.rows());
    }

    @Property
    void shouldKeepMoneyExact(@ForAll @IntRange(min = 1, max = 100_000_000) int micros) {
        var money = BigDecimal.valueOf(micros, 6).toPlainString();
        var trace = read(HEADER + "d,2024/3/1 10:15,card,A," + money + ",Latte");
        assertThat(trace.total()).isEqualTo(Amount.of(micros));
    }
}
