package io.crema.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private final FakeService service = new FakeService();

    @Test
    void shouldAnswerWhatTheServiceCounts() throws Exception {
        var running = MetricsPage.beside(service, () -> "crema_x 1\n", Map.of("CREMA_METRICS_PORT", "0"));
        running.start();
        try (running) {
            var page = ((MetricsPage.WithPage) running).page();
            assertThat(get(page, "/metrics").body()).isEqualTo("crema_x 1\n");
            assertThat(get(page, "/health").statusCode()).isEqualTo(503);
            service.ready = true;
            assertThat(get(page, "/health").statusCode()).isEqualTo(200);
            assertThat(get(page, "/other").statusCode()).isEqualTo(404);
        }
        assertThat(service.closed).isTrue();
    }

    @Test
    void shouldStandAloneWithoutAPort() {
        assertThat(MetricsPage.beside(service, () -> "", Map.of())).isSameAs(service);
        assertThatThrownBy(() -> MetricsPage.beside(service, () -> "", Map.of("CREMA_METRICS_PORT", "70000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CREMA_METRICS_PORT is 70000");
    }

    private static HttpResponse<String> get(MetricsPage page, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(page.port(), path)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static final class FakeService implements RunningService {
        private boolean ready;
        private boolean closed;

        @Override
        public void start() {}

        @Override
        public String status() {
            return "it is well";
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
