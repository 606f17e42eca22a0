package io.crema.bench;

/**
 * What the caller asks of the benchmarks of the money path; 0 leaves it to the benchmark.
 *
 * @param quick shorter and rougher
 * @param seconds how long a load lasts
 * @param rate receipts per second
 */
public record Settings(boolean quick, int seconds, int rate, int channels, int logs, int intents) {
    /** What was asked for, else the usual, or the small one of a quick run. */
    public int choose(int asked, int usual, int small) {
        if (asked > 0) {
            return asked;
        }
        return quick ? small : usual;
    }
}
