package io.crema.edge.body.simulated;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.body.Body;
import io.crema.edge.body.Buttons;
import io.crema.edge.body.MachineType;
import io.crema.edge.body.NewestPress;
import io.crema.edge.world.SimulatedHardware;
import java.util.List;

/** A body whose pours always succeed. */
public final class TrialBody implements Body {
    private final MachineType type;
    private final SimulatedHardware hardware = new SimulatedHardware();
    private final NewestPress buttons = new NewestPress(System::nanoTime);

    public TrialBody(MachineType type) {
        this.type = type;
    }

    @Override
    public Buttons buttons() {
        return buttons;
    }

    @Override
    public MachineType type() {
        return type;
    }

    @Override
    public PourResult pour(Hash job, ProductId product) {
        return hardware.pour(job, product);
    }

    @Override
    public JobState recall(Hash job) {
        return hardware.recall(job);
    }

    @Override
    public List<SensorValue> sensors() {
        return hardware.sensors();
    }

    @Override
    public void close() {}
}
