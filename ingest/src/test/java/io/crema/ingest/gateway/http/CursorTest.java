package io.crema.ingest.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CursorTest {

    @Test
    void shouldKnowAFactAgainWhateverBlockItIsAsOf() {
        var fact = Fields.JSON
                .createObjectNode()
                .put("kind", "channel")
                .put("block", 5)
                .put("deposited", "1");
        var cursor = Cursor.parse(Cursor.of(5, List.of(fact)).toString()).orElseThrow();
        assertThat(cursor.chain()).isEqualTo(5);
        assertThat(cursor.knows(fact.deepCopy().put("block", 6))).isTrue();
        assertThat(cursor.knows(fact.deepCopy().put("deposited", "2"))).isFalse();
    }

    @Test
    void shouldTakeWhatIsNoCursorForNone() {
        for (var text :
                List.of("", "1.", "1.AAAA", "2.AAAAAAAAAAA", "1.!", "x".repeat(5000), "1." + "A".repeat(4000))) {
            assertThat(Cursor.parse(text)).as(text).isEmpty();
        }
        assertThat(Cursor.parse("1.AAAAAAAAAAA"))
                .hasValueSatisfying(it -> assertThat(it.chain()).isZero());
    }
}
