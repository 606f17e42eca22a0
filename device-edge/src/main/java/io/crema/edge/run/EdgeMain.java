package io.crema.edge.run;

import io.crema.edge.provision.MachineInit;
import io.crema.edge.provision.ProvisionException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The edge's own program, for a machine. Exit codes: 0 done, 1 failed, 2 not understood. */
public final class EdgeMain {
    private EdgeMain() {}

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(execute(List.of(args), System.getenv(), out, err));
    }

    /** Does what the first argument says. */
    public static int execute(
            List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        try {
            return command(arguments, environment, out);
        } catch (Arguments.UsageException e) {
            err.printf("crema edge: %s%n%n%s", e.getMessage(), help());
            return 2;
        } catch (ProvisionException | IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            err.println("crema edge: " + e.getMessage());
            return 1;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int command(List<String> arguments, Map<String, String> environment, PrintWriter out) {
        var name = arguments.isEmpty() ? "help" : arguments.getFirst();
        var rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        if (rest.contains("--help")) {
            out.print(help());
            return 0;
        }
        return switch (name) {
            case "init" -> InitCommand.run(Arguments.parse(rest, InitCommand.OPTIONS, 0), out);
            case "code" -> {
                InitCommand.print(MachineInit.code(dataDir(rest)), out);
                yield 0;
            }
            case "check" -> {
                var config = MachineConfig.read(dataDir(rest));
                out.printf("The settings of machine %s are whole.%n", config.serial());
                yield 0;
            }
            case "import" -> ImportCommand.run(Arguments.parse(rest, List.of("data-dir"), 1), out);
            case "run" -> RunCommand.run(dataDir(rest), environment);
            case "rehearse" -> Rehearsal.run();
            case "natives" ->
                Natives.unpack(Path.of(Arguments.parse(rest, List.of("to"), 0).get("to")));
            case "version" -> {
                out.printf("crema-edge %s, Java %s%n", Version.text(), Runtime.version());
                yield 0;
            }
            case "help" -> {
                out.print(help());
                yield 0;
            }
            default -> throw new Arguments.UsageException("unknown command '%s'".formatted(name));
        };
    }

    private static Path dataDir(List<String> rest) {
        return Path.of(Arguments.parse(rest, List.of("data-dir"), 0).get("data-dir"));
    }

    private static String help() {
        try (var page = Objects.requireNonNull(EdgeMain.class.getResourceAsStream("help.txt"), "help.txt")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading help.txt", e);
        }
    }
}
