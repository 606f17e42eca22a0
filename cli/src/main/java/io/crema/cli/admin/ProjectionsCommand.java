package io.crema.cli.admin;

import io.crema.cli.system.EnvironmentFile;
import io.crema.projections.ProjectionsConfig;
import io.crema.projections.ProjectionsService;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crema projections …}: care for the read models, configured as the service is. */
@Command(name = "projections", mixinStandardHelpOptions = true, description = "Cares for the read models.")
public final class ProjectionsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(command().commandLine(), "Say what to do with the read models: rebuild.");
    }

    /** Exit code 0 when the new tables equal the old ones row for row, 1 when they differ (the new ones are kept). */
    @Command(
            name = "rebuild",
            description =
                    "Makes all read models anew from the log's first record, compares them row for row with those "
                            + "in use, and puts them in their place. Services keep running. Takes CREMA_BOOTSTRAP_SERVERS, "
                            + "CREMA_JDBC_URL and CREMA_SCHEMA from the environment, or from the file that CREMA_ENV_FILE names.")
    int rebuild() throws SQLException {
        try {
            var result = ProjectionsService.rebuild(ProjectionsConfig.fromEnvironment(EnvironmentFile.process()));
            var out = command().commandLine().getOut();
            out.printf("%,d records folded from the log's beginning.%n", result.records());
            result.differences().forEach(out::println);
            out.println(
                    result.identical()
                            ? "The new read models are the same as those before, row for row."
                            : "The new read models differ as said; they are in use now.");
            out.flush();
            return result.identical() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set this command up");
        }
        return spec;
    }
}
