package io.crema.edge.body.control;

import io.crema.edge.body.Limits;
import io.crema.edge.body.Recipe;
import java.util.Optional;

/**
 * One cup being made, as a pure step machine: from what the machine sees at a time follows what it switches and what
 * comes next. Grinds, then brews until the flow meter has counted the recipe's water. Times are nanoseconds of a clock
 * that never jumps.
 */
public sealed interface Pour {

    /** What is switched on now. */
    Outputs outputs();

    /** The step that follows from what is seen at a time. */
    Pour next(Inputs in, long time);

    /** What all steps of one cup know. */
    record Task(Recipe recipe, Limits limits, double pulsesPerLitre, long begun) {
        /** Rounded up: a cup is never short. */
        long pulses() {
            return Math.max(1, (long) Math.ceil(recipe.millilitres() * pulsesPerLitre / 1000));
        }

        private Optional<Pour> ended(Inputs in, long time) {
            return Obstacles.toGoOn(in, limits)
                    .or(() -> time - begun > limits.pourWithin().toNanos()
                            ? Optional.of("The cup took too long.")
                            : Optional.empty())
                    .map(reason -> new Done(Optional.of(reason)));
        }
    }

    /** The first step of a cup. */
    static Pour begin(Task task, Inputs in) {
        return Obstacles.toBegin(in, task.limits())
                .<Pour>map(reason -> new Done(Optional.of(reason)))
                .orElseGet(() ->
                        task.recipe().grind().isZero() ? Brewing.from(task, in, task.begun()) : new Grinding(task));
    }

    /** The beans are ground. */
    record Grinding(Task task) implements Pour {
        @Override
        public Outputs outputs() {
            return Outputs.GRINDING;
        }

        @Override
        public Pour next(Inputs in, long time) {
            return task.ended(in, time)
                    .orElseGet(() -> time - task.begun() < task.recipe().grind().toNanos()
                            ? this
                            : Brewing.from(task, in, time));
        }
    }

    /**
     * Water flows.
     *
     * @param from the flow meter's count when the pump was switched on
     * @param seen its newest count
     * @param moved when the count last grew
     */
    record Brewing(Task task, long from, long seen, long moved) implements Pour {
        static Brewing from(Task task, Inputs in, long time) {
            return new Brewing(task, in.pulses(), in.pulses(), time);
        }

        @Override
        public Outputs outputs() {
            return Outputs.BREWING;
        }

        @Override
        public Pour next(Inputs in, long time) {
            if (in.pulses() - from >= task.pulses()) {
                return new Done(Optional.empty());
            }
            return task.ended(in, time).orElseGet(() -> flowing(in, time));
        }

        private Pour flowing(Inputs in, long time) {
            if (in.pulses() > seen) {
                return new Brewing(task, from, in.pulses(), time);
            }
            return time - moved > task.limits().dryAfter().toNanos() ? new Done(Optional.of("No water flows.")) : this;
        }
    }

    /**
     * Everything is off.
     *
     * @param failure why the cup was not made; empty when it was
     */
    record Done(Optional<String> failure) implements Pour {
        @Override
        public Outputs outputs() {
            return Outputs.OFF;
        }

        @Override
        public Pour next(Inputs in, long time) {
            return this;
        }
    }
}
