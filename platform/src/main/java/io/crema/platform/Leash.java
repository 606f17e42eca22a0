package io.crema.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Ties a foreign process to this JVM: when this JVM is gone, even by SIGKILL, the process gets the signal. A tiny shell
 * waits for the end of its standard input, which the operating system closes with the JVM.
 */
final class Leash implements AutoCloseable {
    private final Process watcher;

    private Leash(Process watcher) {
        this.watcher = watcher;
    }

    static Leash tie(long pid, String signal) {
        try {
            var script = "read -r line; kill -s \"$1\" \"$2\" 2>/dev/null";
            var command = List.of("/bin/sh", "-c", script, "crema-leash", signal, Long.toString(pid));
            return new Leash(new ProcessBuilder(Session.own(command))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("starting the watcher of process " + pid, e);
        }
    }

    /** Lets the process go, without a signal. */
    @Override
    public void close() {
        watcher.destroyForcibly();
    }
}
