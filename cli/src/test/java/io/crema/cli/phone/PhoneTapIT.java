package io.crema.cli.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.tap.TapStatus;
import io.crema.edge.pcsc.PhoneReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code crema phone tap} behind the true pcscd: the machine sees it as a phone at a PC/SC reader. */
final class PhoneTapIT {
    private static final Path PROGRAM = Path.of("/usr/sbin/pcscd");
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
    private static final Path SOCKET = Path.of("/run/pcscd/pcscd.comm");

    @TempDir
    private Path folder;

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    @Test
    void shouldPayAtAMachineWithAPcscReader() throws Exception {
        var missing = !Files.isExecutable(PROGRAM) || !Files.exists(DRIVER);
        assumeTrue(
                !missing, "pcscd or its virtual reader is not installed (Debian: apt install pcscd vsmartcard-vpcd)");
        assumeTrue(!Files.exists(SOCKET), "a pcscd is running already; it has the only socket");
        assumeTrue(Files.isWritable(Path.of("/run")), "only root can start a pcscd");
        var port = freePort();
        var pcscd = startPcscd(port);
        try (var machine = new MachineAtReader();
                var reader = new PhoneReader("phone test", Duration.ofSeconds(3), link -> {
                    try {
                        machine.sell(link);
                        ends.add("served");
                    } catch (TapRefusedException e) {
                        ends.add(TapStatus.of(e.statusWord()).map(Enum::name).orElse("?"));
                    } catch (TapLostException e) {
                        ends.add("lost: " + e.getMessage());
                    }
                })) {
            reader.start();
            until(() -> reader.status().state() == PhoneReader.State.READY);
            run("init");
            var badge = machine.invitation(run("show").replaceAll("(?s)^key +(\\S+).*", "$1"));
            run("badge", "add", badge.link());
            run("limits", "--each", "2");

            var at = "127.0.0.1:" + port;
            assertThat(run("tap", "--reader", at)).contains("9E42");
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("MUST_CONFIRM");
            until(() -> reader.status().state() == PhoneReader.State.READY);
            run("confirm", "--yes");
            assertThat(run("tap", "--reader", at)).contains("paid");
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("served");
            assertThat(run("show")).contains("Iced Matcha");
        } finally {
            pcscd.destroy();
            if (!pcscd.waitFor(10, TimeUnit.SECONDS)) {
                pcscd.destroyForcibly().waitFor();
                Files.deleteIfExists(SOCKET);
                Files.deleteIfExists(SOCKET.resolveSibling("pcscd.pid"));
            }
        }
    }

    private Process startPcscd(int port) throws Exception {
        var config = Files.writeString(folder.resolve("reader.conf"), """
                FRIENDLYNAME "Crema Phone Test Reader"
                DEVICENAME   /dev/null:0x%X
                LIBPATH      %s
                CHANNELID    0x%X
                """.formatted(port, DRIVER, port));
        var pcscd = new ProcessBuilder(PROGRAM.toString(), "--foreground", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pcscd.log").toFile())
                .start();
        until(() -> Files.exists(SOCKET));
        return pcscd;
    }

    private String run(String... arguments) {
        var out = new StringWriter();
        var line =
                new CommandLine(new PhoneCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("wallet").toString()));
        line.execute(all.toArray(String[]::new));
        return out.toString();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    /** The driver takes this port and the next one. */
    private static int freePort() throws IOException {
        while (true) {
            try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var second = new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
                return second.getLocalPort() - 1;
            } catch (IOException | IllegalArgumentException e) {
                // the next one is taken
            }
        }
    }
}
