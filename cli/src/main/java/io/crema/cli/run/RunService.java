package io.crema.cli.run;

import io.crema.cli.system.EnvironmentFile;
import io.crema.cli.system.RunningService;
import io.crema.cli.system.ServiceName;
import io.crema.cli.system.Services;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One of our services, configured by environment variables alone (see docs/operations.md). */
@Command(
        mixinStandardHelpOptions = true,
        description =
                "Configured by environment variables, and by the file that CREMA_ENV_FILE names for those that are not set;"
                        + " docs/operations.md lists them.")
final class RunService implements Callable<Integer> {
    private final ServiceName name;

    @Spec
    private @Nullable CommandSpec spec;

    RunService(ServiceName name) {
        this.name = name;
    }

    @Override
    public Integer call() throws Exception {
        try {
            var service = Services.create(name, EnvironmentFile.process());
            service.start();
            Thread.ofVirtual().name("announce").start(() -> announce(service));
            return Foreground.untilStopped("%s started".formatted(name.text()), service);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Says when the service is ready, which may be long after its start where something it needs is away. */
    private void announce(RunningService service) {
        try {
            if (service.awaitReady(Duration.ofDays(365))) {
                System.out.println("%s ready: %s".formatted(name.text(), service.status()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
