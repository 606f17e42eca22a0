package io.crema.edge.body.coffee;

import io.crema.edge.body.Wiring.Pin;
import io.crema.edge.body.chip.Registers;

/** The pins and buses of the computer that moves a machine. */
public interface Board extends AutoCloseable {

    /** @throws BoardFaultException when the pin cannot be used */
    Contact contact(Pin pin) throws BoardFaultException;

    /**
     * A relay, switched off.
     *
     * @throws BoardFaultException when the pin cannot be used
     */
    Relay relay(Pin pin) throws BoardFaultException;

    /** @throws BoardFaultException when there is no such bus */
    Registers chip(int bus, int address) throws BoardFaultException;

    /** Switches all relays off and lets go of everything. */
    @Override
    void close();

    /** A switch that is read. */
    interface Contact {
        boolean closed() throws BoardFaultException;

        /** Each change is told as it comes, bounces too, by a thread of the board's. */
        void onChange(Changed listener);
    }

    /** Is told when a contact closes or opens. */
    @FunctionalInterface
    interface Changed {
        void changed(boolean closed);
    }

    /** A switch that is moved. */
    interface Relay {
        void set(boolean on) throws BoardFaultException;
    }
}
