package io.crema.cli.demo;

import io.crema.edge.world.World;
import java.time.Duration;

/** One machine's boiler runs hot for a while, so that the fleet has something to call for help about. */
final class BoilerFault {
    private static final double TOO_HOT = 112;
    private static final double NORMAL = 93;
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final int STEPS = 5;

    private BoilerFault() {}

    /** Lets the boiler overheat for 40 s of the machine's time, then cool down. */
    static void happen(World world, String serial, MachineClock clock) {
        world.hardware(serial).boilerTemperature(TOO_HOT);
        for (var i = 0; i < STEPS; i++) {
            world.tick(serial, clock.advanceTo(clock.instant().plus(STEP)));
        }
        world.hardware(serial).boilerTemperature(NORMAL);
        world.tick(serial, clock.advanceTo(clock.instant().plus(STEP)));
    }
}
