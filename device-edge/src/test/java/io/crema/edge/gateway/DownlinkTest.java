package io.crema.edge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.edge.gateway.DownlinkPort.Answer;
import io.crema.edge.node.Fact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DownlinkTest {
    private static final Fact BLOCK = new Fact.Block(1, Instant.EPOCH);

    @TempDir
    Path dir;

    private final List<String> asked = new ArrayList<>();
    private final DownlinkPort port = (after, wait) -> {
        asked.add(after);
        return new Answer(List.of(BLOCK, BLOCK), "c" + asked.size(), List.of());
    };

    @Test
    void shouldKeepTheCursorOnlyWhenAllWasLearnt() throws Exception {
        var learnt = new ArrayList<Fact>();
        var failing = new Downlink(port, store(), fact -> {
            learnt.add(fact);
            if (learnt.size() == 2) {
                throw new IllegalStateException("the disk is gone");
            }
        });
        assertThatThrownBy(() -> failing.step(Duration.ZERO)).hasMessage("the disk is gone");
        assertThat(failing.step(Duration.ZERO)).isEqualTo(2);
        var restarted = new Downlink(port, store(), learnt::add);
        restarted.step(Duration.ZERO);
        assertThat(asked).containsExactly("", "", "c2");
        assertThat(learnt).hasSize(6);
    }

    @Test
    void shouldAskForEverythingWhenTheCursorIsGarbled() throws Exception {
        Files.writeString(dir.resolve("cursor"), "c1\u0000\u00ff", StandardCharsets.ISO_8859_1);
        assertThat(store().read()).isEmpty();
        store().keep("c7");
        assertThat(store().read()).isEqualTo("c7");
    }

    @Test
    void shouldLeaveOutAndNameWhatItDoesNotUnderstand() throws IOException {
        var answer = FactJson.read(GatewayClient.JSON.readTree("""
                {"cursor":"1.x","facts":[{"kind":"weather"},{"kind":"block","number":1,"time":"1970-01-01T00:00:00Z"},
                {"kind":"channel","block":1}]}"""));
        assertThat(answer.facts()).containsExactly(BLOCK);
        assertThat(answer.unreadable()).hasSize(2).first().asString().startsWith("weather: unknown here");
        assertThatThrownBy(() -> FactJson.read(GatewayClient.JSON.readTree("{}")))
                .isInstanceOf(IOException.class);
    }

    private FileCursor store() {
        return new FileCursor(dir.resolve("cursor"));
    }
}
