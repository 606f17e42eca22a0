package io.crema.cli.admin;

import io.crema.chain.deploy.DeploymentException;
import io.crema.cli.fleet.Company;
import io.crema.cli.onboarding.OnboardingException;
import io.crema.cli.party.NodeOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crema setup}: makes a broker and a test chain ready for the services. Run again, it changes nothing. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Makes a broker and a local test chain ready for the services: creates the topics, deploys the"
                + " contracts, onboards participants, rents machines, and writes what the services need to know into a"
                + " directory. Its keys are known to everyone. Run again, it changes nothing.")
public final class SetupCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--shared-dir",
            description = "Where it writes contracts.json, crema.env, directory.json, fleet.json and keys/"
                    + " (CREMA_SHARED_DIR).",
            defaultValue = "${env:CREMA_SHARED_DIR:-data/shared}")
    private Path sharedDir = Path.of("data/shared");

    @Option(
            names = "--edge-dir",
            description = "The edge's data directory, where it provisions machines (CREMA_EDGE_DIR).",
            defaultValue = "${env:CREMA_EDGE_DIR:-data/edge}")
    private Path edgeDir = Path.of("data/edge");

    @Option(
            names = "--machines",
            description = "How many machines are rented, the first time (CREMA_MACHINES).",
            defaultValue = "${env:CREMA_MACHINES:-3}")
    private int machines;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Option(
            names = "--bootstrap-servers",
            description = "The broker or cluster (CREMA_BOOTSTRAP_SERVERS).",
            defaultValue = "${env:CREMA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}")
    private String bootstrapServers = "";

    @Option(
            names = "--partitions",
            description = "Partitions of every topic, final for the data (CREMA_PARTITIONS).",
            defaultValue = "${env:CREMA_PARTITIONS:-4}")
    private int partitions;

    @Option(
            names = "--replication",
            description = "Replicas of every topic: 3 on a cluster (CREMA_REPLICATION).",
            defaultValue = "${env:CREMA_REPLICATION:-1}")
    private short replication;

    @Option(
            names = "--apicurio",
            description = "An Apicurio Registry that gets the schemas with their ids (CREMA_APICURIO_URL).",
            defaultValue = "${env:CREMA_APICURIO_URL:-}")
    private String apicurio = "";

    @Option(
            names = "--patience",
            description = "Seconds to wait for broker, chain and registry (CREMA_SETUP_PATIENCE).",
            defaultValue = "${env:CREMA_SETUP_PATIENCE:-120}")
    private int patience;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set this command up");
        }
        if (machines < 1 || machines > 1_000) {
            throw new ParameterException(
                    spec.commandLine(), "--machines is %d, expected 1 to 1000".formatted(machines));
        }
        var out = spec.commandLine().getOut();
        try {
            var waiting = new Waiting(Duration.ofSeconds(patience));
            var setup = new Setup(
                    sharedDir.toAbsolutePath(),
                    edgeDir.toAbsolutePath(),
                    node.url(),
                    new Setup.Kafka(bootstrapServers, partitions, replication),
                    Math.min(Company.most(), machines),
                    machines);
            for (var line : setup.run(waiting)) {
                out.println(line);
            }
            if (!apicurio.isBlank()) {
                out.println(SchemaLoad.into(URI.create(apicurio), waiting));
            }
            out.flush();
            return 0;
        } catch (SetupException | OnboardingException | DeploymentException | IllegalStateException e) {
            out.flush();
            spec.commandLine()
                    .getErr()
                    .println("crema setup: "
                            + Optional.ofNullable(e.getMessage()).orElse(e.toString()));
            return 1;
        }
    }
}
