package io.crema.edge.world;

import io.crema.contracts.tap.ApduHandler;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import java.time.Instant;

/**
 * Everything around the machines: people who press buttons and hold their phones to them, the bodies that pour, and the
 * time. One call at a time per machine; different machines may be used by different threads.
 */
public interface World extends AutoCloseable {

    /**
     * Presses a button, holds the phone to the machine and waits for the cup. Where the edge goes away in the middle,
     * the press is repeated with the same attempt when it is back, so that it ends in one outcome.
     *
     * @param serial the machine
     * @param phone the wallet's APDU handler
     * @param time the machine's clock from now on; it never goes back
     * @throws MachineAwayException when the machine did not answer within the patience of this world
     */
    TapOutcome press(String serial, Press press, ApduHandler phone, Instant time);

    /**
     * Lets time pass: sets the machine's clock and hands it its sensors' present values, so that it reports them when
     * its next batch is due. Returns when the machine has taken note.
     *
     * @throws MachineAwayException as {@link #press}
     */
    void tick(String serial, Instant time);

    /** The machine's body: set temperatures, let pours fail, count cups. */
    SimulatedHardware hardware(String serial);

    @Override
    void close();
}
