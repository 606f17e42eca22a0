package io.crema.edge.body.simulated;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.body.Body;
import io.crema.edge.body.Buttons;
import io.crema.edge.body.MachineType;
import io.crema.edge.body.coffee.CoffeeBody;
import java.util.List;
import java.util.Optional;

/** A body that moves a {@link SimulatedMachine}, for trying without hardware. */
public final class SimulatedBody implements Body {
    private final CoffeeBody body;
    private final SimulatedMachine machine;

    public SimulatedBody(CoffeeBody body, SimulatedMachine machine) {
        this.body = body;
        this.machine = machine;
    }

    /** The machine, to press its buttons and open its door. */
    public SimulatedMachine machine() {
        return machine;
    }

    @Override
    public Buttons buttons() {
        return body.buttons();
    }

    @Override
    public MachineType type() {
        return body.type();
    }

    @Override
    public PourResult pour(Hash job, ProductId product) {
        return body.pour(job, product);
    }

    @Override
    public JobState recall(Hash job) {
        return body.recall(job);
    }

    @Override
    public List<SensorValue> sensors() {
        return body.sensors();
    }

    @Override
    public List<BodyEvent> events() {
        return body.events();
    }

    @Override
    public Optional<String> obstacle() {
        return body.obstacle();
    }

    @Override
    public void show(String sentence) {
        body.show(sentence);
    }

    @Override
    public void close() {
        body.close();
    }
}
