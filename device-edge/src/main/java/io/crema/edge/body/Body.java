package io.crema.edge.body;

import io.crema.edge.node.Hardware;

/** A machine's body with its buttons. Close it to switch everything off. */
public interface Body extends Hardware, AutoCloseable {

    /** The buttons that choose a product. */
    Buttons buttons();

    /** What kind of machine this is. */
    MachineType type();

    /** Switches everything off and lets go of pins, bus and connections. */
    @Override
    void close();
}
