package io.crema.edge.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.node.Hardware.JobState;
import org.junit.jupiter.api.Test;

final class SimulatedHardwareTest {
    private final SimulatedHardware body = new SimulatedHardware();

    private static Hash job(int number) {
        return Keccak.hash(new byte[] {(byte) number, (byte) (number >> 8)});
    }

    @Test
    void shouldSayNothingOfJobsThatItMayHaveForgotten() {
        assertThat(body.recall(job(0))).isEqualTo(JobState.NEVER_BEGUN);
        for (var number = 0; number < 4096; number++) {
            body.pour(job(number), ProductId.named("Espresso"));
        }
        assertThat(body.recall(job(5000))).isEqualTo(JobState.NEVER_BEGUN);
        body.pour(job(4095), ProductId.named("Espresso"));
        assertThat(body.recall(job(0))).isEqualTo(JobState.POURED);
        body.pour(job(4096), ProductId.named("Espresso"));
        assertThat(body.recall(job(0))).isEqualTo(JobState.UNKNOWN);
        assertThat(body.recall(job(5000))).isEqualTo(JobState.UNKNOWN);
        assertThat(body.recall(job(4096))).isEqualTo(JobState.POURED);
    }
}
