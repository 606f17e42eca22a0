package io.crema.edge.body.coffee;

import io.crema.edge.body.EventKind;
import io.crema.edge.body.NewestPress;
import io.crema.edge.body.Wiring;
import io.crema.edge.body.Wiring.Pin;
import io.crema.edge.body.control.Inputs;
import io.crema.edge.body.control.Inputs.Heat;
import io.crema.edge.body.control.PulseCounter;
import io.crema.edge.body.control.SettledContact;
import io.crema.edge.node.Hardware.BodyEvent;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Door, drip tray, water tank, flow meter and buttons. Thread-safe. */
final class Contacts {
    private static final long SETTLED_AFTER = TimeUnit.MILLISECONDS.toNanos(30);
    /** Of the flow meter's reed contact: up to 166 pulses a second. */
    private static final long FLOW_WINDOW = TimeUnit.MILLISECONDS.toNanos(3);

    private static final long BUTTON_WINDOW = TimeUnit.MILLISECONDS.toNanos(30);

    private final Pace pace;
    private final Consumer<BodyEvent> events;
    private final Switch door;
    private final Switch tray;
    private final Switch tank;
    private final PulseCounter flow;

    Contacts(Board board, Wiring wiring, Pace pace, NewestPress buttons, Consumer<BodyEvent> events)
            throws BoardFaultException {
        this.pace = pace;
        this.events = events;
        door = open(board, wiring.door());
        tray = open(board, wiring.dripTray());
        tank = open(board, wiring.waterTank());
        var meter = board.contact(wiring.flowMeter());
        flow = new PulseCounter(FLOW_WINDOW, meter.closed());
        meter.onChange(this::pulse);
        for (var button : wiring.buttons().entrySet()) {
            var contact = board.contact(button.getValue());
            var presses = new PulseCounter(BUTTON_WINDOW, contact.closed());
            contact.onChange(closed -> {
                if (edge(presses, closed)) {
                    buttons.press(button.getKey());
                }
            });
        }
        // What is wrong from the start is told too.
        door.told(true, EventKind.DOOR_STATE, EventKind.CLOSED, EventKind.OPEN);
        tray.told(true, EventKind.DRIP_TRAY_FULL, EventKind.OFF, EventKind.PRESENT);
        tank.told(true, EventKind.WATER_TANK_EMPTY, EventKind.OFF, EventKind.PRESENT);
    }

    /** Looks at everything. */
    synchronized Inputs look(Heat heat) throws BoardFaultException {
        var now = pace.nanos();
        return new Inputs(
                !door.look(now, EventKind.DOOR_STATE, EventKind.CLOSED, EventKind.OPEN),
                !tray.look(now, EventKind.DRIP_TRAY_FULL, EventKind.OFF, EventKind.PRESENT),
                !tank.look(now, EventKind.WATER_TANK_EMPTY, EventKind.OFF, EventKind.PRESENT),
                flow.count(),
                heat);
    }

    private synchronized void pulse(boolean closed) {
        edge(flow, closed);
    }

    private boolean edge(PulseCounter counter, boolean closed) {
        synchronized (counter) {
            return counter.edge(closed, pace.nanos());
        }
    }

    private Switch open(Board board, Optional<Pin> pin) throws BoardFaultException {
        if (pin.isEmpty()) {
            return new Switch(null, new SettledContact(SETTLED_AFTER, true));
        }
        var contact = board.contact(pin.get());
        return new Switch(contact, new SettledContact(SETTLED_AFTER, contact.closed()));
    }

    /** A contact that is closed when all is well. */
    private final class Switch {
        private final Board.@Nullable Contact contact;
        private final SettledContact settled;

        Switch(Board.@Nullable Contact contact, SettledContact settled) {
            this.contact = contact;
            this.settled = settled;
        }

        boolean look(long now, EventKind kind, String well, String ill) throws BoardFaultException {
            if (contact == null) {
                return true;
            }
            var before = settled.closed();
            settled.sample(contact.closed(), now);
            told(before, kind, well, ill);
            return settled.closed();
        }

        void told(boolean before, EventKind kind, String well, String ill) {
            if (settled.closed() != before) {
                events.accept(kind.with(settled.closed() ? well : ill));
            }
        }
    }
}
