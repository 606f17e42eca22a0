package io.crema.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells in plain sentences what happens, with a progress line below them. Thread-safe. */
final class Narrator {
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean live;
    private final long begun;
    private String progress = "";
    private long shownAt;

    /**
     * @param live whether a person watches: the progress line is then rewritten in place, else said now and then
     * @param begun nano time from which the seconds in front of each sentence count
     */
    Narrator(PrintWriter out, boolean live, long begun) {
        this.out = out;
        this.live = live;
        this.begun = begun;
    }

    /** One sentence on a line of its own. */
    synchronized void say(String sentence) {
        if (live && !progress.isEmpty()) {
            out.print(ERASE);
        }
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds(), sentence));
        if (live) {
            out.print(progress);
        }
        out.flush();
    }

    /** The progress line; shown at most five times a second, or every five seconds where nobody watches. */
    synchronized void progress(String line) {
        var now = System.nanoTime();
        if (now - shownAt < (live ? 200_000_000L : 5_000_000_000L)) {
            return;
        }
        shownAt = now;
        if (live) {
            progress = line;
            out.print(ERASE + line);
            out.flush();
        } else {
            say(line);
        }
    }

    /** Takes the progress line away. */
    synchronized void quiet() {
        if (live && !progress.isEmpty()) {
            out.print(ERASE);
            out.flush();
        }
        progress = "";
    }

    double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }
}
