package io.crema.edge.body.coffee;

/**
 * Time that tells somebody whenever it has passed.
 *
 * @param waited what is to be done after each pause
 */
public record WatchedPace(Pace pace, Runnable waited) implements Pace {
    @Override
    public long nanos() {
        return pace.nanos();
    }

    @Override
    public boolean pause(long nanos) {
        var goOn = pace.pause(nanos);
        waited.run();
        return goOn;
    }
}
