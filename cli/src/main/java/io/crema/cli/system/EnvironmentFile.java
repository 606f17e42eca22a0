package io.crema.cli.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings that several services share, as a file of lines {@code NAME=value}: what {@code crema setup} writes and the
 * services read. Lines that are empty or begin with # say nothing; a value is everything behind the first =, as it
 * stands. Docker's {@code --env-file} and systemd's {@code EnvironmentFile=} read the same.
 */
public final class EnvironmentFile {
    /** The variable that names the file. */
    public static final String VARIABLE = "CREMA_ENV_FILE";

    private static final Pattern LINE = Pattern.compile("\\s*([A-Z][A-Z0-9_]*)=(.*)");

    private EnvironmentFile() {}

    /** This process's environment upon the defaults of the file that CREMA_ENV_FILE names, if it names one. */
    public static Map<String, String> process() {
        return beneath(System.getenv());
    }

    /** As {@link #process()}, but with this file for the one that CREMA_ENV_FILE names. */
    public static Map<String, String> process(Optional<Path> file) {
        if (file.isEmpty()) {
            return process();
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(VARIABLE, file.get().toString());
        return beneath(environment);
    }

    /** @throws IllegalArgumentException naming the file that is missing, or the line that is none */
    static Map<String, String> beneath(Map<String, String> environment) {
        var file = environment.getOrDefault(VARIABLE, "").strip();
        if (file.isEmpty()) {
            return environment;
        }
        Map<String, String> all = new HashMap<>(read(Path.of(file)));
        all.putAll(environment);
        return Map.copyOf(all);
    }

    static Map<String, String> read(Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    "%s names %s, which cannot be read; 'crema setup' writes it, or leave the variable empty"
                            .formatted(VARIABLE, file));
        }
        try {
            Map<String, String> variables = new LinkedHashMap<>();
            var number = 0;
            for (var line : Files.readAllLines(file)) {
                number++;
                if (line.isBlank() || line.strip().startsWith("#")) {
                    continue;
                }
                var parts = LINE.matcher(line);
                if (!parts.matches()) {
                    // the line itself may hold a password
                    throw new IllegalArgumentException(
                            "%s, line %d: expected NAME=value, a comment or nothing".formatted(file, number));
                }
                variables.put(parts.group(1), parts.group(2).strip());
            }
            return variables;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Replaces the file as a whole, so that no reader sees half of it. */
    public static void write(Path file, Map<String, String> variables) throws IOException {
        var text = new StringBuilder();
        variables.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
