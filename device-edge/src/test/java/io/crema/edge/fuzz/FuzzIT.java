package io.crema.edge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.crema.edge.gateway.FactTarget;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Messages from outside by the hundred thousand, mutated from genuine ones: nothing may crash, hang or stay in memory. A
 * failure prints its input. {@code -Dcrema.fuzz.messages=2000000} for more, {@code -Dcrema.fuzz.seed=N} for others.
 */
@Tag("long")
final class FuzzIT {
    private static final int MESSAGES = Integer.getInteger("crema.fuzz.messages", 100_000);
    private static final long SEED = Long.getLong("crema.fuzz.seed", 20_260_101L);
    private static final long MEBIBYTE = 1024 * 1024;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldStandWhateverComesFromOutside() {
        ((Logger) LoggerFactory.getLogger("io.crema")).setLevel(Level.OFF);
        var taps = new TapTargets();
        var targets = new LinkedHashMap<String, FuzzTarget>();
        targets.put("APDUs to a phone", taps.phones());
        targets.put("APDUs to a machine", taps.machines());
        targets.put("NDEF messages", StickerTargets.messages());
        targets.put("memories of stickers", StickerTargets.memories());
        targets.put("tariffs, placements, badge lists from a gateway", new FactTarget());
        targets.put("provisioning files", new ProvisioningTarget());
        targets.values().forEach(it -> fuzz(it, MESSAGES / 50, SEED + 1));
        var before = liveHeap();
        System.out.printf("%nfuzzed, seed %d: messages%n", SEED);
        targets.forEach((name, target) ->
                System.out.printf("%,12d %s%n", fuzz(target, MESSAGES / targets.size() + 1, SEED), name));
        var growth = liveHeap() - before;
        System.out.printf("live heap after it: %+.2f MiB%n", (double) growth / MEBIBYTE);
        assertThat(growth).as("bytes that stay in memory").isLessThan(5 * MEBIBYTE);
    }

    private static long fuzz(FuzzTarget target, int wanted, long seed) {
        var mutator = new Mutator(target.seeds(), new Random(seed));
        for (var seeded : target.seeds()) {
            read(target, seeded);
        }
        var messages = 0L;
        while (messages < wanted) {
            messages += Math.max(1, read(target, mutator.next()));
        }
        return messages;
    }

    private static int read(FuzzTarget target, byte[] input) {
        try {
            return target.read(input);
        } catch (RuntimeException | Error found) {
            throw new AssertionError("input " + HexFormat.of().formatHex(input), found);
        }
    }

    private static long liveHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (var again = 0; again < 4; again++) {
            System.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
