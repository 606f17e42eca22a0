package io.crema.settlement.runner;

import io.crema.chain.node.NodeHealth;
import java.util.List;

/** The nodes behind the chain's port, between two steps. */
public interface NodeWatch {

    /** Changes to a better node where there is one. */
    void refresh();

    /** How they are doing. */
    List<NodeHealth> health();
}
