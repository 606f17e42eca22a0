package io.crema.projections.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CellsTest {
    @Test
    void shouldTakeTheCharacterZeroOutOfText() {
        assertThat(Cells.of("a\0b")).isEqualTo("a\uFFFDb");
        assertThat(Cells.json(Map.of("k", "a\0b"))).doesNotContain("\\u0000");
    }

    @Test
    void shouldRefuseTimesThatNoColumnHolds() {
        assertThatThrownBy(() -> Cells.of(Instant.MAX)).isInstanceOf(UnfoldableException.class);
        assertThatThrownBy(() -> Cells.of(Instant.MIN)).isInstanceOf(UnfoldableException.class);
        assertThat(Cells.of(Instant.EPOCH)).isNotNull();
    }

    @Test
    void shouldKeepAReadingThatIsNoNumberValidJson() {
        assertThat(Cells.json(Map.of("value", Double.NaN))).isEqualTo("{\"value\":\"NaN\"}");
    }

    @Test
    void shouldMakeUpsertsThatReplaceAllButTheKey() {
        assertThat(Upsert.of("t", "a, b", "c, d::jsonb"))
                .isEqualTo(
                        "INSERT INTO t (a, b, c, d) VALUES (?, ?, ?, ?::jsonb) ON CONFLICT (a, b) DO UPDATE SET c = excluded.c, d = excluded.d");
    }
}
