package io.crema.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.cli.system.ServiceName;
import org.junit.jupiter.api.Test;

class KillTest {
    @Test
    void shouldReadServiceAndShare() {
        assertThat(Kill.parse("streams@30")).isEqualTo(new Kill(ServiceName.STREAMS, 30));
        assertThat(Kill.parse("Edge@5%")).isEqualTo(new Kill(ServiceName.EDGE, 5));
    }

    @Test
    void shouldNameWhatIsWrong() {
        assertThatThrownBy(() -> Kill.parse("broker@30"))
                .hasMessageContaining("'broker'")
                .hasMessageContaining("ingest");
        assertThatThrownBy(() -> Kill.parse("edge")).hasMessageContaining("SERVICE@PERCENT");
        assertThatThrownBy(() -> Kill.parse("edge@soon")).hasMessageContaining("'soon'");
        assertThatThrownBy(() -> Kill.parse("edge@100")).hasMessageContaining("100");
    }
}
