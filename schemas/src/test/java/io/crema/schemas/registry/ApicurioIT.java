package io.crema.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.schemas.wire.CommittedSchemas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs the 158 MB of Apicurio Registry, which Maven fetches once. */
@Tag("long")
final class ApicurioIT {
    private static final String VERSION = "3.3.3";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldServeTheSameIdsFromApicurio() throws Exception {
        assumeTrue(Programs.present("mvn") && Programs.present("tar"), "mvn and tar are not installed: skipped");
        unpack();
        var port = freePort();
        var registry = URI.create("http://127.0.0.1:" + port);
        var process = start(port);
        try {
            await(registry, process);
            ApicurioExport.load(registry);
            for (var committed : CommittedSchemas.instance().all()) {
                var byId = get(registry, "/apis/ccompat/v7/schemas/ids/" + committed.id());
                assertThat(new Schema.Parser()
                                .parse(JSON.readTree(byId).path("schema").asText()))
                        .isEqualTo(committed.schema());
                var version = JSON.readTree(get(
                        registry,
                        "/apis/ccompat/v7/subjects/" + committed.subject() + "/versions/" + committed.version()));
                assertThat(version.path("id").asInt()).as(committed.subject()).isEqualTo(committed.id());
            }
            for (var newest : CommittedSchemas.instance().newest().values()) {
                var latest = JSON.readTree(
                        get(registry, "/apis/ccompat/v7/subjects/" + newest.subject() + "/versions/latest"));
                assertThat(latest.path("id").asInt()).as(newest.subject()).isEqualTo(newest.id());
            }
        } finally {
            process.destroy();
            process.waitFor();
            client.close();
        }
    }

    private void unpack() throws Exception {
        Programs.run(
                dir,
                List.of(
                        "mvn",
                        "-B",
                        "-q",
                        "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy",
                        "-Dartifact=io.apicurio:apicurio-registry-app:" + VERSION + ":tar.gz:all",
                        "-DoutputDirectory=" + dir));
        Programs.run(dir, List.of("tar", "xzf", "apicurio-registry-app-" + VERSION + "-all.tar.gz"));
    }

    private Process start(int port) throws IOException {
        Path jar;
        try (var files = Files.walk(dir)) {
            jar = files.filter(file -> file.getFileName().toString().endsWith("-runner.jar")
                            || file.getFileName().toString().equals("quarkus-run.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no runnable jar in Apicurio's archive"));
        }
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.port=0",
                        "-jar",
                        jar.toString())
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("apicurio.log").toFile())
                .start();
    }

    private void await(URI registry, Process process) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (true) {
            try {
                get(registry, "/apis/registry/v3/system/info");
                return;
            } catch (IOException | AssertionError e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new AssertionError("Apicurio is not up: " + Files.readString(dir.resolve("apicurio.log")), e);
                }
                Thread.sleep(200);
            }
        }
    }

    private String get(URI registry, String path) throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(registry.resolve(path)).GET().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
