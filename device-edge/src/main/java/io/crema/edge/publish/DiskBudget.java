package io.crema.edge.publish;

/**
 * Decides who has to go when the disk is nearly full: telemetry first, oldest first; then no new sale is begun. What was
 * sold is never dropped. Not thread-safe.
 */
public final class DiskBudget {
    private final Disk disk;
    private final DiskLimits limits;

    public DiskBudget(Disk disk, DiskLimits limits) {
        this.disk = disk;
        this.limits = limits;
    }

    /** Whether nothing new may be begun. */
    public boolean isFull() {
        return disk.free() < limits.leastFree() || disk.used() > limits.quota();
    }

    private boolean isTight() {
        return disk.free() < 2 * limits.leastFree() || disk.used() > limits.quota() / 4 * 3;
    }

    /**
     * Gives up old telemetry while the disk is nearly full.
     *
     * @return whether there is room for something new
     */
    public boolean makeRoom(TelemetryChain telemetry) {
        while (isTight() && telemetry.dropOldest()) {
            // one segment after the other
        }
        return !isFull();
    }
}
