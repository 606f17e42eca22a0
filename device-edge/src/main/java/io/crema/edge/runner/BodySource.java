package io.crema.edge.runner;

import io.crema.edge.node.Hardware;

/** Gives each machine its body. */
@FunctionalInterface
public interface BodySource {
    Hardware bodyOf(String serial);
}
