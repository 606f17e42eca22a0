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

    /** How a phone comes to the machine; the time of one tap is what {@link #tap} returns. */
    interface Way extends AutoCloseable {
        /** @return nanoseconds */
        long tap() throws Exception;
    }

    /** Arguments: memory or pcsc, the journal's folder, taps to warm up, taps to measure, the pause in milliseconds. */
    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[1]);
        var warmups = Integer.parseInt(args[2]);
        var nanos = new long[Integer.parseInt(args[3])];
        var pause = Long.parseLong(args[4]) * 1_000_000;
        if (System.in.read() < 0) {
            return;
        }
        try (var office = new Office(FileLog.open(folder, "journal"));
                var way = args[0].equals("pcsc") ? new ReaderWay(office, folder) : byCall(office)) {
            for (var tap = -warmups; tap < nanos.length; tap++) {
                LockSupport.parkNanos(pause);
                var took = way.tap();
                if (tap >= 0) {
                    nanos[tap] = took;
                }
            }
        }
        Arrays.sort(nanos);
        System.out.println(new ObjectMapper()
                .writeValueAsString(
                        Map.of("p50", millis(nanos, 0.5), "p99", millis(nanos, 0.99), "taps", nanos.length)));
    }

    private static Way byCall(Office office) {
        return new Way() {
            @Override
            public long tap() {
                var start = System.nanoTime();
                office.sell();
                return System.nanoTime() - start;
            }

            @Override
            public void close() {
                // the office is its owner's
            }
        };
    }

    private static double millis(long[] sorted, double share) {
        return Measuring.rounded(sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1e6);
    }
}
