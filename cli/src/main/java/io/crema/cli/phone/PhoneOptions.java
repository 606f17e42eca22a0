package io.crema.cli.phone;

import io.crema.chain.keys.KeyStoreException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command on a wallet knows: where it is, and how to say what went wrong. */
final class PhoneOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--home", description = "The wallet's folder (default: CREMA_PHONE_HOME, else ~/.crema/phone).")
    private @Nullable Path home;

    PhoneFolder folder() {
        return new PhoneFolder(path(), InstantSource.system());
    }

    Path path() {
        if (home != null) {
            return home;
        }
        var said = System.getenv("CREMA_PHONE_HOME");
        return said == null || said.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".crema", "phone")
                : Path.of(said);
    }

    PrintWriter out() {
        return command().commandLine().getOut();
    }

    CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set this command up");
        }
        return spec;
    }

    /** Runs; a fault that the user can mend becomes one line and exit code 1. */
    int guarded(Callable<Integer> action) {
        try {
            return action.call();
        } catch (PhoneException | KeyStoreException | IllegalArgumentException | UncheckedIOException e) {
            var message = Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
            command().commandLine().getErr().println("crema: " + message);
            return 1;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            out().flush();
        }
    }
}
