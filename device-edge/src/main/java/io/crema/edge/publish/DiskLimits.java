package io.crema.edge.publish;

/**
 * How much of the disk a machine takes.
 *
 * @param leastFree with fewer free bytes nothing new is begun; with fewer than twice as many telemetry is given up
 * @param quota with more bytes taken nothing new is begun; with more than three quarters telemetry is given up
 */
public record DiskLimits(long leastFree, long quota) {
    private static final long MEBIBYTE = 1024 * 1024;

    /** 32 MiB stay free; 512 MiB hold some 800,000 receipts. */
    public static final DiskLimits USUAL = new DiskLimits(32 * MEBIBYTE, 512 * MEBIBYTE);

    public DiskLimits {
        if (leastFree < 0 || quota < 1) {
            throw new IllegalArgumentException(
                    "the disk's limits are %d bytes free and %d taken, expected at least 0 and 1"
                            .formatted(leastFree, quota));
        }
    }
}
