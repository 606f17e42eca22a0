package io.crema.bench.throughput;

/**
 * What is offered, signed before the clock runs.
 *
 * @param warmUp receipts that are folded before the window opens: with warm badges at least one of each channel
 * @param receipts in the window
 * @param runLength receipts of one channel in one record
 * @param freshBadges each receipt, or each run, with a badge that the process has never seen
 */
record Load(long warmUp, long receipts, int runLength, boolean freshBadges) {

    long records() {
        return (warmUp + receipts + runLength - 1) / runLength;
    }

    String badges() {
        return freshBadges ? "cold" : "warm";
    }
}
