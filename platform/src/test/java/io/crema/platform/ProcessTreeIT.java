package io.crema.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProcessTreeIT {
    @Test
    void shouldCountThisProcessAndItsChildrenAndKeepThePeak() {
        try (var tree = ProcessTree.watch(Duration.ofMillis(100))) {
            var alone = tree.sample();
            assertThat(alone.parts())
                    .extracting(ProcessTree.Part::pid)
                    .contains(ProcessHandle.current().pid());
            assertThat(alone.mib()).isGreaterThan(20);

            try (var child =
                    ChildJvm.builder("echo", EchoService.class.getName()).build()) {
                child.start().awaitReady(Duration.ofSeconds(60));
                var both = tree.sample();
                assertThat(both.parts()).extracting(ProcessTree.Part::pid).contains(child.pid());
            }
            assertThat(tree.sample().parts())
                    .hasSizeLessThanOrEqualTo(tree.peak().parts().size());
            assertThat(tree.peakMiB()).isGreaterThanOrEqualTo(alone.mib());
        }
    }
}
