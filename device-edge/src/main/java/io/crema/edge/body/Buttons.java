package io.crema.edge.body;

import io.crema.contracts.value.ProductId;
import java.time.Duration;
import java.util.Optional;

/** The machine's product buttons. Thread-safe. */
@FunctionalInterface
public interface Buttons {

    /**
     * The product whose button was pressed; waits for a press. Of several presses the newest counts, and one that nobody
     * asked for in time is forgotten.
     *
     * @return empty when nobody pressed within the patience
     */
    Optional<ProductId> next(Duration patience) throws InterruptedException;
}
