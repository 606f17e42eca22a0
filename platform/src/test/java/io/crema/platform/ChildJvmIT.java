package io.crema.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChildJvmIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void shouldRunPrefixItsOutputAndComeBackAfterSigkill() throws Exception {
        var lines = Collections.synchronizedList(new ArrayList<String>());
        try (var child = ChildJvm.builder("echo", EchoService.class.getName())
                .args(List.of("a", "b"))
                .readyWhen(line -> line.startsWith("ready"))
                .output(lines::add)
                .build()
                .start()) {
            assertThat(child.awaitReady(LONG)).isEqualTo("ready a,b");
            assertThat(lines).contains("[echo] ready a,b");

            var killed = child.kill();
            assertThat(child.alive()).isFalse();
            child.start();
            child.awaitReady(LONG);
            assertThat(child.pid()).isNotEqualTo(killed);
        }
    }

    @Test
    void shouldLeaveNothingWhenTheParentIsKilled() throws Exception {
        var parent = ChildJvm.builder("parent", ParentService.class.getName())
                .readyWhen(line -> line.startsWith("pids"))
                .build()
                .start();
        var pids = Arrays.stream(parent.awaitReady(LONG).substring(5).split(" "))
                .map(Long::valueOf)
                .toList();
        assertThat(pids).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isPresent());

        parent.kill();

        for (var pid : pids) {
            Await.until(
                    "process " + pid + " gone",
                    Duration.ofSeconds(20),
                    () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        }
    }

    @Test
    void shouldSayThatAChildEndedBeforeItWasReady() {
        try (var child = ChildJvm.builder("broken", "io.crema.platform.NoSuchMain")
                .readyWhen(line -> line.startsWith("ready"))
                .build()
                .start()) {
            assertThatThrownBy(() -> child.awaitReady(LONG)).hasMessageContaining("broken ended before it was ready");
        }
    }
}
