package io.crema.cli.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.tap.TapStatus;
import io.crema.edge.pcsc.PhoneReader;
import io.crema.platform.Pcscd;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    @TempDir
    private Path folder;

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    @Test
    void shouldPayAtAMachineWithAPcscReader() throws Exception {
        var missing = Pcscd.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        try (var pcscd = new Pcscd(folder);
                var machine = new MachineAtReader();
                var reader = new PhoneReader(Pcscd.READER, Duration.ofSeconds(3), link -> {
                    try {
                        machine.sell(link);
                        ends.add("served");
                    } catch (TapRefusedException e) {
                        ends.add(TapStatus.of(e.statusWord()).map(Enum::name).orElse("?"));
                    } catch (TapLostException e) {
                        ends.add("lost: " + e.getMessage());
                    }
                })) {
            pcscd.start();
            reader.start();
            until(() -> reader.status().state() == PhoneReader.State.READY);
            run("init");
            var badge = machine.invitation(run("show").replaceAll("(?s)^key +(\\S+).*", "$1"));
            run("badge", "add", badge.link());
            run("limits", "--each", "2");

            var at = "127.0.0.1:" + pcscd.port();
            assertThat(run("tap", "--reader", at)).contains("9E42");
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("MUST_CONFIRM");
            until(() -> reader.status().state() == PhoneReader.State.READY);
            run("confirm", "--yes");
            assertThat(run("tap", "--reader", at)).contains("paid");
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("served");
            assertThat(run("show")).contains("Iced Matcha");
        }
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
}
