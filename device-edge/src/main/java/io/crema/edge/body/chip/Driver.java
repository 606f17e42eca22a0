package io.crema.edge.body.chip;

/** What all drivers share: a chip is set up first, and again after anything went wrong on its bus. */
abstract class Driver implements Chip {
    static final Measurement NOT_READY = new Measurement.NotReady();

    private boolean ready;

    @Override
    public final Measurement read() {
        try {
            if (!ready) {
                ready = setUp();
                return NOT_READY;
            }
            return measure();
        } catch (BusFaultException e) {
            ready = false;
            return new Measurement.Faulty(e.getMessage() == null ? "the bus failed" : e.getMessage());
        } catch (WrongChipException e) {
            ready = false;
            return new Measurement.Faulty(e.why);
        }
    }

    /** Begins or goes on setting the chip up; returns whether it is done. */
    abstract boolean setUp() throws BusFaultException, WrongChipException;

    abstract Measurement measure() throws BusFaultException;

    /** The chip was reset by itself: it is set up again by the next read. */
    final Measurement lost(String why) {
        ready = false;
        return new Measurement.Faulty(why);
    }

    /** Something else is at this address. */
    static final class WrongChipException extends Exception {
        final String why;

        WrongChipException(String why) {
            super(why);
            this.why = why;
        }
    }
}
