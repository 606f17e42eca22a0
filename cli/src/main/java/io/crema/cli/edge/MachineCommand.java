package io.crema.cli.edge;

import io.crema.edge.run.EdgeMain;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the machine's own program does, under this program's roof: options are read there, once for both. */
@Command
final class MachineCommand implements Callable<Integer> {
    private static final Map<String, String> COMMANDS = Map.of(
            "init", "Makes a machine: key, certificate, settings; prints its claim code.",
            "code", "Prints the machine's claim code again.",
            "check", "Reads the machine's settings and names all that is wrong with them.",
            "import", "Tells a machine without a gateway whom it serves, from a file.",
            "run", "One machine on real parts, until it is told to stop.");

    private final String name;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", description = "As 'crema edge help' says.")
    private @Nullable List<String> arguments;

    private MachineCommand(String name) {
        this.name = name;
    }

    static void addTo(CommandLine edge) {
        COMMANDS.forEach((name, description) -> {
            var line = new CommandLine(new MachineCommand(name)).setUnmatchedOptionsArePositionalParams(true);
            line.getCommandSpec().usageMessage().description(description);
            edge.addSubcommand(name, line);
        });
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set this command up");
        }
        var all = new java.util.ArrayList<>(List.of(name));
        if (arguments != null) {
            all.addAll(arguments);
        }
        var line = spec.commandLine();
        return EdgeMain.execute(all, System.getenv(), line.getOut(), line.getErr());
    }
}
