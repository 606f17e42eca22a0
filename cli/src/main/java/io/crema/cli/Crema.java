package io.crema.cli;

import io.crema.cli.admin.ContractsCommand;
import io.crema.cli.admin.ProjectionsCommand;
import io.crema.cli.admin.SetupCommand;
import io.crema.cli.audit.AuditCommand;
import io.crema.cli.demo.DemoCommand;
import io.crema.cli.edge.EdgeCommand;
import io.crema.cli.phone.PhoneCommand;
import io.crema.cli.redemptions.RedemptionsCommand;
import io.crema.cli.rental.RentalCommand;
import io.crema.cli.replay.ReplayCommand;
import io.crema.cli.run.Run;
import io.crema.cli.simulation.SimulateCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program {@code crema}. Exit codes: 0 done, 1 failed, 2 not understood. */
@Command(
        name = "crema",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            AuditCommand.class,
            ContractsCommand.class,
            DemoCommand.class,
            EdgeCommand.class,
            PhoneCommand.class,
            ProjectionsCommand.class,
            RentalCommand.class,
            RedemptionsCommand.class,
            ReplayCommand.class,
            Run.class,
            SetupCommand.class,
            SimulateCommand.class
        },
        description = "Pay-per-use machines as an event-sourced system on Kafka, settled on Ethereum.")
public final class Crema implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    private CommandSpec spec;

    public static void main(String[] args) {
        if (args.length > 0 && (args[0].equals("demo") || args[0].equals("simulate"))) {
            quietUnlessAsked();
        }
        System.exit(commandLine().execute(args));
    }

    /** The command with all its subcommands. */
    public static CommandLine commandLine() {
        var crema = new CommandLine(new Crema());
        Run.addServices(Objects.requireNonNull(crema.getSubcommands().get("run"), "run"));
        EdgeCommand.addMachine(Objects.requireNonNull(crema.getSubcommands().get("edge"), "edge"));
        return crema;
    }

    /** Demo and simulation tell their stories themselves; logs are for services, or for who sets the levels. */
    private static void quietUnlessAsked() {
        setUnlessSaid("CREMA_LOG_LEVEL", "WARN");
        setUnlessSaid("CREMA_LOG_LIBRARIES", "ERROR");
    }

    private static void setUnlessSaid(String variable, String level) {
        if (System.getenv(variable) == null && System.getProperty(variable) == null) {
            System.setProperty(variable, level);
        }
    }

    /** Without a subcommand: the help page. */
    @Override
    public void run() {
        help();
    }

    @Command(name = "help", description = "This page.")
    int help() {
        print(helpPage());
        return 0;
    }

    @Command(name = "version", description = "This program's version, and the Java it runs on.")
    int version() {
        for (var line : new Version().getVersion()) {
            print(line + System.lineSeparator());
        }
        return 0;
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    static String helpPage() {
        try (var page = Objects.requireNonNull(Crema.class.getResourceAsStream("help.txt"), "help.txt")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading help.txt", e);
        }
    }
}
