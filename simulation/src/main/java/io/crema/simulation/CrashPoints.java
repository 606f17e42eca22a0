package io.crema.simulation;

/** Ends or pauses a part at a chosen call of one of its ports. Not thread-safe. */
public final class CrashPoints {
    private static final int NEVER = Integer.MAX_VALUE;

    private int left = NEVER;
    private int leftToPause = NEVER;
    private Runnable meanwhile = () -> {};

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

    /**
     * The part stands still at one of its calls, and then goes on, unaware.
     *
     * @param points how many more are passed before
     * @param others what happens while it stands still
     */
    public void pauseAfter(int points, Runnable others) {
        leftToPause = points;
        meanwhile = others;
    }

    public void never() {
        left = NEVER;
        leftToPause = NEVER;
    }

    /** Here the process may end, or stand still. */
    public void point() {
        if (leftToPause != NEVER && leftToPause-- == 0) {
            leftToPause = NEVER;
            meanwhile.run();
        }
        if (left == NEVER) {
            return;
        }
        if (left-- == 0) {
            left = NEVER;
            throw new Crash();
        }
    }
}
