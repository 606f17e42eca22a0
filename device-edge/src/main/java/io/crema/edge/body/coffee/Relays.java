package io.crema.edge.body.coffee;

import io.crema.edge.body.Wiring;
import io.crema.edge.body.Wiring.Pin;
import io.crema.edge.body.control.Outputs;
import java.util.Optional;

/** Grinder, valve and pump. Not thread-safe. */
final class Relays {
    private final Optional<Board.Relay> grinder;
    private final Optional<Board.Relay> valve;
    private final Board.Relay pump;
    private Outputs now = Outputs.OFF;

    Relays(Board board, Wiring wiring) throws BoardFaultException {
        pump = board.relay(wiring.pump());
        valve = open(board, wiring.valve());
        grinder = open(board, wiring.grinder());
    }

    private static Optional<Board.Relay> open(Board board, Optional<Pin> pin) throws BoardFaultException {
        return pin.isEmpty() ? Optional.empty() : Optional.of(board.relay(pin.get()));
    }

    void set(Outputs outputs) throws BoardFaultException {
        if (outputs.equals(now)) {
            return;
        }
        now = outputs;
        pump.set(outputs.pump());
        set(valve, outputs.valve());
        set(grinder, outputs.grinder());
    }

    /**
     * Everything off, each by itself, whatever was thought before.
     *
     * @throws BoardFaultException when one of them did not obey; the others are off
     */
    void off() throws BoardFaultException {
        now = Outputs.OFF;
        try {
            pump.set(false);
        } finally {
            try {
                set(grinder, false);
            } finally {
                set(valve, false);
            }
        }
    }

    private static void set(Optional<Board.Relay> relay, boolean on) throws BoardFaultException {
        if (relay.isPresent()) {
            relay.get().set(on);
        }
    }
}
