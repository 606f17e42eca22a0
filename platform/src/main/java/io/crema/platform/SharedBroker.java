package io.crema.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * One broker for all integration tests of a JVM: started on first use, on a fresh temporary directory, gone with the
 * JVM. Tests keep apart by their own topic names and group ids.
 */
public final class SharedBroker {
    private SharedBroker() {}

    /** The shared broker, running. */
    public static EmbeddedBroker get() {
        return Holder.BROKER;
    }

    /** Its {@code bootstrap.servers}. */
    public static String bootstrapServers() {
        return get().bootstrapServers();
    }

    private static final class Holder {
        static final EmbeddedBroker BROKER = start();

        private static EmbeddedBroker start() {
            try {
                var dir = Files.createTempDirectory("crema-broker-");
                var broker = EmbeddedBroker.builder(dir).start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    broker.close();
                    Folders.delete(dir);
                }));
                return broker;
            } catch (IOException e) {
                throw new UncheckedIOException("creating a temporary directory for the shared broker", e);
            }
        }
    }
}
