package io.crema.edge.body;

import io.crema.edge.body.coffee.Board;
import io.crema.edge.body.coffee.BoardFaultException;
import io.crema.edge.body.coffee.CoffeeBody;
import io.crema.edge.body.coffee.JobJournal;
import io.crema.edge.body.coffee.Pace;
import io.crema.edge.body.http.RestBody;
import io.crema.edge.body.pi4j.Pi4jBoard;
import io.crema.edge.body.simulated.SimulatedBody;
import io.crema.edge.body.simulated.SimulatedMachine;
import java.nio.file.Path;

/** Opens a machine's body. */
public final class Bodies {
    private Bodies() {}

    /**
     * Takes hold of the machine.
     *
     * @param folder where the body keeps what it must remember; made when missing, and kept with the node's own journal
     * @throws IllegalStateException when pins or bus cannot be used, saying what to do; a machine with a REST interface
     *     may be away and come later
     */
    public static Body open(BodyConfig config, Path folder) {
        return switch (config.adapter()) {
            case BodyConfig.Rest rest -> new RestBody(config.type(), rest).watched();
            case BodyConfig.Pins pins
            when pins.simulated() -> {
                var machine = new SimulatedMachine(pins);
                yield new SimulatedBody(
                        coffee(config.type(), pins, machine.board(), folder, machine.realTime()), machine);
            }
            case BodyConfig.Pins pins -> {
                try {
                    yield coffee(config.type(), pins, Pi4jBoard.raspberryPi(), folder, Pace.SYSTEM);
                } catch (BoardFaultException e) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
            }
        };
    }

    private static CoffeeBody coffee(MachineType type, BodyConfig.Pins pins, Board board, Path folder, Pace pace) {
        var jobs = JobJournal.open(folder);
        try {
            return new CoffeeBody(type, pins.wiring(), pins.limits(), board, jobs, pace).watched();
        } catch (BoardFaultException e) {
            jobs.close();
            board.close();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
