package io.crema.edge.body.chip;

import java.util.OptionalDouble;

/**
 * A straight line from what a converter reads to what is measured, known at two points.
 *
 * @param lowAt what the converter reads at the low end: volts, or counts
 * @param lowIs what that means, in the quantity's unit
 * @param highAt what it reads at the high end
 * @param highIs what that means
 */
public record Line(double lowAt, double lowIs, double highAt, double highIs) {
    /** A transducer that works stays within its span and a little more; a broken wire or a short does not. */
    private static final double MARGIN = 0.0625;

    public Line {
        if (!(Double.isFinite(lowAt) && Double.isFinite(highAt) && Double.isFinite(lowIs) && Double.isFinite(highIs))
                || lowAt == highAt
                || lowIs == highIs) {
            throw new IllegalArgumentException("a line needs two different points, got %s is %s and %s is %s"
                    .formatted(lowAt, lowIs, highAt, highIs));
        }
    }

    /** Empty when the converter reads what the transducer never gives. */
    public OptionalDouble at(double read) {
        var share = (read - lowAt) / (highAt - lowAt);
        return share < -MARGIN || share > 1 + MARGIN
                ? OptionalDouble.empty()
                : OptionalDouble.of(lowIs + share * (highIs - lowIs));
    }
}
