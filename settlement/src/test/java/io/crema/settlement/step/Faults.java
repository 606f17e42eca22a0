package io.crema.settlement.step;

/** Ends the process at a chosen call of a port. */
final class Faults {
    private int left;

    /** The process is gone; only what was durable remains. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    Faults(int crashAfter) {
        left = crashAfter;
    }

    void again(int crashAfter) {
        left = crashAfter;
    }

    void point() {
        if (left-- == 0) {
            throw new Crash();
        }
    }
}
