package io.crema.cli.demo;

import java.lang.management.ManagementFactory;

/** When the user gave the command: as the launcher says it, else when this JVM started. */
final class StartTime {
    private static final String VARIABLE = "CREMA_STARTED_AT_MILLIS";

    private StartTime() {}

    /** On the scale of {@link System#nanoTime()}. */
    static long nanos() {
        var jvm = ManagementFactory.getRuntimeMXBean().getStartTime();
        var started = jvm;
        var said = System.getenv(VARIABLE);
        if (said != null && said.matches("\\d{13}")) {
            started = Math.min(jvm, Long.parseLong(said));
        }
        return System.nanoTime() - (System.currentTimeMillis() - started) * 1_000_000L;
    }
}
