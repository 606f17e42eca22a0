package io.crema.bench.throughput;

/**
 * How fast one way folds.
 *
 * @param how what folds
 * @param badges warm or cold
 * @param receipts in the window
 * @param seconds how long the window was
 * @param slowestTenth receipts per second in the slowest tenth part of the window
 * @param cpuMicrosFolding processor time of the folding process per receipt
 * @param cpuMicrosBroker that of the broker
 */
record Rate(
        String how,
        String badges,
        long receipts,
        double seconds,
        double perSecond,
        double slowestTenth,
        double cpuMicrosFolding,
        double cpuMicrosBroker) {}
