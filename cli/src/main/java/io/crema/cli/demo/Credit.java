package io.crema.cli.demo;

import io.crema.cli.fleet.Provisioner;
import io.crema.cli.fleet.Rentals;
import io.crema.cli.onboarding.OnboardingException;
import io.crema.contracts.value.Amount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** The companies' treasurers: they top up a machine's channel before its credit is used up. Thread-safe. */
final class Credit implements AutoCloseable {
    private static final long LOW_SHARE = 5;

    /** Writes down what the channels hold now. */
    interface Memory {
        void keep() throws IOException;
    }

    private final Rentals rentals;
    private final FleetPlan plan;
    private final Provisioner provisioner;
    private final Path edgeDir;
    private final Memory memory;
    private final Narrator narrator;
    private final Set<String> underWay = new HashSet<>();
    private final ExecutorService treasurers = Executors.newVirtualThreadPerTaskExecutor();

    Credit(Rentals rentals, FleetPlan plan, Provisioner provisioner, Path edgeDir, Memory memory, Narrator narrator) {
        this.rentals = rentals;
        this.plan = plan;
        this.provisioner = provisioner;
        this.edgeDir = edgeDir;
        this.memory = memory;
        this.narrator = narrator;
    }

    /** Notes a channel's total; tops up in the background once less than a fifth of a deposit is left. */
    void spent(String serial, Amount total) {
        var index = index(serial);
        var left = rentals.machines().get(index).deposited().minusOrZero(total);
        if (left.times(LOW_SHARE).exceeds(plan.deposits().get(index))
                || plan.cups().total().isPresent()) {
            return;
        }
        synchronized (underWay) {
            if (!underWay.add(serial)) {
                return;
            }
        }
        treasurers.submit(() -> {
            try {
                topUp(serial);
            } finally {
                synchronized (underWay) {
                    underWay.remove(serial);
                }
            }
        });
    }

    /** Pays the machine's first deposit in once more; returns when the machine has been told. */
    void topUp(String serial) {
        try {
            var index = index(serial);
            var amount = plan.deposits().get(index);
            var machine = rentals.topUp(Map.of(serial, amount)).get(index);
            memory.keep();
            provisioner.write(edgeDir, machine, plan.prices().get(index), plan.productNames());
            narrator.say("%s tops up machine %s.".formatted(machine.customer().name(), serial));
        } catch (IOException e) {
            throw new OnboardingException("machine %s could not be topped up: %s".formatted(serial, e), e);
        }
    }

    private int index(String serial) {
        var machines = rentals.machines();
        return IntStream.range(0, machines.size())
                .filter(i -> machines.get(i).serial().equals(serial))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        treasurers.shutdown();
    }
}
