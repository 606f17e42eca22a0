package io.crema.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A parent with a child JVM and a tied foreign process, for the test of what remains when it is killed. */
public final class ParentService {
    private ParentService() {}

    public static void main(String[] args) throws Exception {
        var child = ChildJvm.builder("inner", EchoService.class.getName())
                .readyWhen(line -> line.startsWith("ready"))
                .build()
                .start();
        child.awaitReady(Duration.ofSeconds(30));
        var foreign = new ProcessBuilder(
                        Session.own(java.util.List.of(Path.of("/bin/sleep").toString(), "600")))
                .start();
        var _ = Leash.tie(foreign.pid(), "TERM");
        System.out.println("pids " + child.pid() + " " + foreign.pid());
        new CountDownLatch(1).await();
    }
}
