package io.crema.cli.rental;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crema rental …}: what manufacturer and customer do so that a claimed machine serves. */
@Command(
        name = "rental",
        mixinStandardHelpOptions = true,
        subcommands = {OfferCommand.class, ConcludeCommand.class, PlaceCommand.class, PriceCommand.class},
        description = "What manufacturer and customer do so that a claimed machine serves.")
public final class RentalCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set this command up");
        }
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do, one of " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
