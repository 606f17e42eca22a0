package io.crema.projections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A page in the installed Chromium, driven through console/browser/drive.mjs. For one thread. */
final class ConsoleBrowser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CONSOLE = Path.of("console").toAbsolutePath();

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;

    ConsoleBrowser() throws IOException {
        process = new ProcessBuilder(
                        "node", CONSOLE.resolve("browser/drive.mjs").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader();
        commands = process.outputWriter();
        answer("the start of the browser");
    }

    /** Why the browser test cannot run here; empty when it can. */
    static Optional<String> missing() {
        var named = System.getenv("CREMA_CHROMIUM");
        var folders = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1));
        var found = named != null
                ? Files.isExecutable(Path.of(named))
                : folders.flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                                .map(name -> Path.of(folder, name)))
                        .anyMatch(Files::isExecutable);
        if (!found) {
            return Optional.of("no Chromium: install chromium, or set CREMA_CHROMIUM to its program");
        }
        return Files.isDirectory(CONSOLE.resolve("node_modules"))
                ? Optional.empty()
                : Optional.of(
                        "the console's packages are not installed: run mvn package, or npm ci --ignore-scripts in "
                                + CONSOLE);
    }

    void open(Object url, int width, int height, String scheme) throws IOException {
        ask("open", Map.of("url", url.toString(), "width", width, "height", height, "scheme", scheme));
    }

    /** What somebody reads on the page, as soon as it matches; the test fails when it does not within a minute. */
    String await(String pattern) throws IOException {
        return ask("await", Map.of("pattern", pattern, "seconds", 60)).asText();
    }

    /** When the document was loaded, in ms since 1970; changes when it is loaded again. */
    double loaded() throws IOException {
        return ask("loaded", Map.of()).asDouble();
    }

    /** What axe-core calls serious or critical. */
    List<String> violations() throws IOException {
        return lines(ask("violations", Map.of()));
    }

    /** Errors of the page since the browser was started. */
    List<String> faults() throws IOException {
        return lines(ask("faults", Map.of()));
    }

    void picture(Path file) throws IOException {
        ask("picture", Map.of("file", file.toString()));
    }

    private JsonNode ask(String action, Map<String, Object> options) throws IOException {
        var command = new LinkedHashMap<>(options);
        command.put("do", action);
        commands.write(JSON.writeValueAsString(command));
        commands.newLine();
        commands.flush();
        return answer(command.toString());
    }

    private JsonNode answer(String to) throws IOException {
        var line = answers.readLine();
        if (line == null) {
            throw new IOException("the browser's driver has ended during " + to);
        }
        var answer = JSON.readTree(line);
        if (answer.has("error")) {
            throw new AssertionError(to + ": " + answer.path("error").asText());
        }
        return answer.path("value");
    }

    private static List<String> lines(JsonNode array) {
        var lines = new ArrayList<String>();
        array.forEach(line -> lines.add(line.asText()));
        return lines;
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
