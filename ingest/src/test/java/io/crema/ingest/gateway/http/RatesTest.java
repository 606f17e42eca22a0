package io.crema.ingest.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RatesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Rates rates = new Rates(2, 3, nanos::get);

    @Test
    void shouldGiveEachCallerABurstAndThenSoMuchASecond() {
        for (var i = 0; i < 3; i++) {
            rates.take("one");
        }
        assertThatThrownBy(() -> rates.take("one"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.retrySeconds()).hasValue(1));
        rates.take("other");
        nanos.addAndGet(500_000_000);
        rates.take("one");
        assertThatThrownBy(() -> rates.take("one")).isInstanceOf(Problem.class);
        nanos.addAndGet(60_000_000_000L);
        for (var i = 0; i < 3; i++) {
            rates.take("one");
        }
        assertThatThrownBy(() -> rates.take("one")).isInstanceOf(Problem.class);
    }
}
