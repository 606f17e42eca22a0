package io.crema.cli.run;

import java.util.concurrent.CountDownLatch;

/** Keeps a service in the foreground until SIGTERM or Ctrl-C, and closes it then. */
public final class Foreground {
    private Foreground() {}

    /** Says that the service is ready, waits for the signal, closes the service; the JVM ends right after. */
    public static int untilStopped(String ready, AutoCloseable service) throws InterruptedException {
        var forever = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(service), "stop"));
        System.out.println(ready);
        forever.await();
        return 0;
    }

    private static void close(AutoCloseable service) {
        try {
            service.close();
        } catch (Exception e) {
            System.err.println("crema: stopping failed: " + e);
        }
    }
}
