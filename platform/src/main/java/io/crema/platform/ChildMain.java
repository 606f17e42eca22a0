package io.crema.platform;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Entry of a child JVM: runs the main class named by the first argument with the rest, and ends when the parent does. The
 * sign is the end of standard input, which the operating system closes with the parent, even after SIGKILL.
 */
public final class ChildMain {
    private static final long GRACE_MILLIS = 8_000;

    private ChildMain() {}

    public static void main(String[] args) throws Throwable {
        Thread.ofPlatform().daemon().name("parent-watch").start(ChildMain::endWithParent);
        var main = Class.forName(args[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // the parent writes nothing; only the end matters
            }
        } catch (IOException closed) {
            // the same sign
        }
        Thread.ofPlatform().daemon().name("parent-gone").start(ChildMain::haltAfterGrace);
        System.exit(143);
    }

    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(143);
    }
}
