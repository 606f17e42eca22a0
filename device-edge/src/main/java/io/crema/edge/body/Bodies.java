package io.crema.edge.body;

import io.crema.edge.body.simulated.TrialBody;
import java.nio.file.Path;

/** Opens a machine's body. */
public final class Bodies {
    private Bodies() {}

    /**
     * Takes hold of the machine.
     *
     * @param folder where the body keeps what it must remember; made when missing
     * @throws IllegalStateException when pins, bus or machine cannot be used, saying what to do
     */
    public static Body open(BodyConfig config, Path folder) {
        return new TrialBody(config.type());
    }
}
