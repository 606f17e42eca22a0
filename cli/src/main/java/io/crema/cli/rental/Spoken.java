package io.crema.cli.rental;

import io.crema.cli.onboarding.OnboardingException;
import io.crema.edge.gateway.GatewayException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command says what it did, and why it could not. */
final class Spoken {
    private Spoken() {}

    /** Something to do that a node, a gateway or a file may refuse. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** @return the exit code: 1 with the reason when it was refused */
    static int attempt(@Nullable CommandSpec spec, Work work) throws InterruptedException {
        try {
            work.run();
            return 0;
        } catch (GatewayException e) {
            return refused(spec, "the gateway refuses: " + e.getMessage());
        } catch (OnboardingException | IllegalArgumentException | IOException e) {
            return refused(spec, String.valueOf(e.getMessage()));
        }
    }

    static void say(@Nullable CommandSpec spec, String line) {
        var out = known(spec).commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static int refused(@Nullable CommandSpec spec, String why) {
        known(spec).commandLine().getErr().println("crema rental " + known(spec).name() + ": " + why);
        return 1;
    }

    private static CommandSpec known(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set this command up");
        }
        return spec;
    }
}
