package io.crema.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debian's pcscd with one virtual reader (vsmartcard). There can be one pcscd on a machine only, as its socket has a
 * fixed place. The virtual reader's driver listens on all addresses; it takes phones as long as this runs. For one owner.
 */
public final class Pcscd implements AutoCloseable {
    /** The virtual reader's name. */
    public static final String READER = "Crema Virtual Reader";

    private static final Path PROGRAM = Path.of("/usr/sbin/pcscd");
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
    private static final Path SOCKET = Path.of("/run/pcscd/pcscd.comm");

    private final Path dir;
    private final int port = freePort();
    private @Nullable Process process;

    /** @param dir for its settings and its log */
    public Pcscd(Path dir) {
        this.dir = dir;
    }

    /** Why it cannot run here; empty if it can. */
    public static Optional<String> missing() {
        if (!Files.isExecutable(PROGRAM)) {
            return Optional.of("pcscd is not installed (Debian: apt install pcscd vsmartcard-vpcd)");
        }
        if (!Files.exists(DRIVER)) {
            return Optional.of("the virtual reader is not installed (Debian: apt install vsmartcard-vpcd)");
        }
        if (Files.exists(SOCKET)) {
            return Optional.of("a pcscd is running already; it has the only socket (" + SOCKET + ")");
        }
        if (!Files.isWritable(SOCKET.getRoot().resolve("run"))) {
            return Optional.of("only root can start a pcscd");
        }
        return Optional.empty();
    }

    /** The virtual reader's port: a connection is a phone in the field. */
    public int port() {
        return port;
    }

    /** Returns when readers can be asked for. */
    public void start() throws IOException, InterruptedException {
        var config = Files.writeString(dir.resolve("reader.conf"), """
                FRIENDLYNAME "%s"
                DEVICENAME   /dev/null:0x%X
                LIBPATH      %s
                CHANNELID    0x%X
                """.formatted(READER, port, DRIVER, port));
        process = new ProcessBuilder(PROGRAM.toString(), "--foreground", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("pcscd.log").toFile())
                .start();
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.exists(SOCKET)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("pcscd did not start: " + Files.readString(dir.resolve("pcscd.log")));
            }
            Thread.sleep(20);
        }
    }

    /** Ends it; it can be started again. */
    public void stop() throws InterruptedException, IOException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                // it waits for a phone that hangs
                process.destroyForcibly().waitFor();
                Files.deleteIfExists(SOCKET);
                Files.deleteIfExists(SOCKET.resolveSibling("pcscd.pid"));
            }
            process = null;
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop();
    }

    /** The driver takes this port and the next one. */
    private static int freePort() {
        for (var i = 0; i < 50; i++) {
            try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var second = new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
                return second.getLocalPort() - 1;
            } catch (IOException | IllegalArgumentException e) {
                // the next one is taken
            }
        }
        throw new IllegalStateException("no two free ports beside each other");
    }
}
