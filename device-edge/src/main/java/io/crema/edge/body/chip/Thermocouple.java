package io.crema.edge.body.chip;

/** Types of thermocouples, in the order of the MCP9600's code (datasheet DS20005426, register 5-8). */
public enum Thermocouple {
    K,
    J,
    T,
    N,
    S,
    E,
    B,
    R
}
