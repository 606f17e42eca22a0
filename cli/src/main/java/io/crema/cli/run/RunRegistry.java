package io.crema.cli.run;

import io.crema.schemas.registry.RegistryServer;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The schema registry that serves exactly the committed schemas; our services do without, other tools like it. */
@Command(
        name = "registry",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "A schema registry (Confluent's API) with exactly the committed schemas.")
final class RunRegistry implements Callable<Integer> {
    @Option(
            names = "--port",
            description = "HTTP port, 0 for any (CREMA_REGISTRY_PORT).",
            defaultValue = "${env:CREMA_REGISTRY_PORT:-8081}")
    private int port;

    @Option(
            names = "--host",
            description = "Address to listen on (CREMA_REGISTRY_HOST).",
            defaultValue = "${env:CREMA_REGISTRY_HOST:-127.0.0.1}")
    private String host = "127.0.0.1";

    @Override
    public Integer call() throws Exception {
        var registry = new RegistryServer(InetAddress.getByName(host), port).start();
        return Foreground.untilStopped("registry ready at " + registry.uri(), registry);
    }
}
