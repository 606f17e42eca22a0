package io.crema.cli.run;

import io.crema.cli.system.ServiceName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crema run SERVICE}: every option can also be given as environment variable, as its help says. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "One service in the foreground, until it is told to stop.",
        subcommands = {RunBroker.class, RunChain.class, RunTopics.class, RunRegistry.class, RunPeople.class})
public final class Run implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    private CommandSpec spec;

    /** Adds a subcommand for each of our services. */
    public static void addServices(CommandLine run) {
        for (var name : ServiceName.values()) {
            run.addSubcommand(name.text(), new RunService(name));
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Name the service to run, one of "
                        + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
