package io.crema.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.edge.journal.FileLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Taps one after the other, each after a pause as between people, in a process of its own: from the button to the poured
 * cup. Waits for a line on standard input, and prints its figures as JSON.
 */
final class TapProcess {
    private TapProcess() {}

    /** Arguments: the journal's folder, taps to warm up, taps to measure, the pause in milliseconds. */
    public static void main(String[] args) throws Exception {
        var warmups = Integer.parseInt(args[1]);
        var nanos = new long[Integer.parseInt(args[2])];
        var pause = Long.parseLong(args[3]) * 1_000_000;
        if (System.in.read() < 0) {
            return;
        }
        try (var office = new Office(FileLog.open(Path.of(args[0]), "journal"))) {
            for (var tap = -warmups; tap < nanos.length; tap++) {
                LockSupport.parkNanos(pause);
                var start = System.nanoTime();
                office.sell();
                if (tap >= 0) {
                    nanos[tap] = System.nanoTime() - start;
                }
            }
        }
        Arrays.sort(nanos);
        System.out.println(new ObjectMapper()
                .writeValueAsString(
                        Map.of("p50", millis(nanos, 0.5), "p99", millis(nanos, 0.99), "taps", nanos.length)));
    }

    private static double millis(long[] sorted, double share) {
        return Measuring.rounded(sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1e6);
    }
}
