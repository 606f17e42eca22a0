package io.crema.simulation;

/** Ends a part at a chosen call of one of its ports. Not thread-safe. */
public final class CrashPoints {
    private static final int NEVER = Integer.MAX_VALUE;

    private int left = NEVER;

    /** The part is gone; only what was durable remains. */
    public static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("the process ended", null, false, false);
        }
    }

    /** @param points how many more are passed unharmed */
    public void after(int points) {
        left = points;
    }

    public void never() {
        left = NEVER;
    }

    /** Here the process may end. */
    public void point() {
        if (left == NEVER) {
            return;
        }
        if (left-- == 0) {
            left = NEVER;
            throw new Crash();
        }
    }
}
