package io.crema.platform;

import java.util.concurrent.CountDownLatch;

/** A service for the tests of child processes: says that it is ready and stays. */
public final class EchoService {
    private EchoService() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("ready " + String.join(",", args));
        new CountDownLatch(1).await();
    }
}
