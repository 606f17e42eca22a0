package io.crema.ingest.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BodiesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Bodies bodies = new Bodies(10, 2, nanos::get);

    @Test
    void shouldReadABodyUpToItsSize() throws IOException {
        assertThat(bodies.read("one", new ByteArrayInputStream(new byte[10]))).hasSize(10);
        refused(413, new ByteArrayInputStream(new byte[11]));
    }

    @Test
    void shouldGiveUpABodyThatDripsIn() {
        refused(408, new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException("read in chunks");
            }

            @Override
            public int read(byte[] into, int from, int most) {
                nanos.addAndGet(10_000_000_000L);
                return 1;
            }
        });
    }

    @Test
    void shouldReadSoManyOfACallerAtOnce() throws IOException {
        bodies.read("one", meanwhile(() -> {
            bodies.read("one", meanwhile(() -> {
                refused(429, new ByteArrayInputStream(new byte[1]));
                bodies.read("other", new ByteArrayInputStream(new byte[1]));
            }));
        }));
        refused(413, new ByteArrayInputStream(new byte[11]));
        bodies.read("one", new ByteArrayInputStream(new byte[1]));
    }

    private void refused(int status, InputStream body) {
        assertThatThrownBy(() -> bodies.read("one", body))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(status));
    }

    private interface Step {
        void run() throws IOException;
    }

    /** An empty body, and what happens while it is read. */
    private static InputStream meanwhile(Step step) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                step.run();
                return -1;
            }
        };
    }
}
