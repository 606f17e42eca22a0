package io.crema.cli.demo;

import java.util.Optional;
import java.util.OptionalLong;

/** Who wants which cup next, machine by machine. Different machines may be asked by different threads. */
interface CupSource {

    /** The next cup wanted at the machine; empty = nobody will come any more. */
    Optional<PlannedCup> next(int machine);

    /** How many cups there will be in all; empty = no end. */
    OptionalLong total();
}
