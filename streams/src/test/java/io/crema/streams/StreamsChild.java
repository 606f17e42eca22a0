package io.crema.streams;

import java.util.Map;

/** The service in a process of its own, to be killed. */
public final class StreamsChild {
    private StreamsChild() {}

    public static void main(String[] args) throws InterruptedException {
        run(System.getenv());
    }

    @SuppressWarnings("MustBeClosedChecker") // it ends with the process
    private static void run(Map<String, String> environment) throws InterruptedException {
        var service = new StreamsService(StreamsConfig.fromEnvironment(environment));
        service.start();
        TestLog.awaitRunning(service);
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
