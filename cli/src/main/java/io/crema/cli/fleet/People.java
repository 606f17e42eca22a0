package io.crema.cli.fleet;

import io.crema.cli.onboarding.OnboardingException;
import io.crema.cli.onboarding.RentedMachine;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.node.Press;
import io.crema.edge.node.Refusal;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.world.MachineAwayException;
import io.crema.edge.world.World;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulated people at rented machines, in real time and without end: each machine has a few employees of its customer,
 * who drink now and then. One thread per machine; it survives an edge that goes away. Thread-safe.
 */
public final class People implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(People.class);
    private static final Duration STEP = Duration.ofSeconds(2);
    private static final int EMPLOYEES_PER_MACHINE = 8;

    /** Pays a machine's channel more in, and tells the machine. */
    @FunctionalInterface
    public interface Treasurer {
        void topUp(RentedMachine machine) throws IOException;
    }

    private final World world;
    private final List<RentedMachine> machines;
    private final Staff staff;
    private final Treasurer treasurer;
    private final double cupsPerStep;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param cupsPerMinute over all machines, on average; at most one cup per machine every two seconds */
    public People(
            World world,
            List<RentedMachine> machines,
            Staff staff,
            Treasurer treasurer,
            double cupsPerMinute,
            InstantSource clock) {
        this.world = world;
        this.machines = List.copyOf(machines);
        this.staff = staff;
        this.treasurer = treasurer;
        this.cupsPerStep = cupsPerMinute * STEP.toSeconds() / 60 / machines.size();
        this.clock = clock;
    }

    public void start() {
        machines.forEach(
                machine -> Thread.ofVirtual().name("people-" + machine.serial()).start(() -> stand(machine)));
    }

    private void stand(RentedMachine machine) {
        try {
            while (!stopped.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    world.tick(machine.serial(), clock.instant());
                    if (random.nextDouble() < cupsPerStep) {
                        drink(machine);
                    }
                } catch (MachineAwayException | OnboardingException | IOException e) {
                    log.warn("nobody drinks for now machine={}: {}", machine.serial(), String.valueOf(e.getMessage()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drink(RentedMachine machine) throws IOException {
        var employee = "%s employee %d".formatted(machine.serial(), 1 + random.nextInt(EMPLOYEES_PER_MACHINE));
        var phone = staff.phone(employee, machine.customer(), clock);
        var attempt = new byte[Hash.LENGTH];
        random.nextBytes(attempt);
        var press = new Press(product(), Hash.of(attempt));
        switch (world.press(machine.serial(), press, phone, clock.instant())) {
            case TapOutcome.Served served ->
                log.info(
                        "served machine={} sequence={}",
                        machine.serial(),
                        served.receipt().receipt().content().sequence());
            case TapOutcome.Failed failed -> log.warn("not poured machine={}: {}", machine.serial(), failed.reason());
            case TapOutcome.Refused refused -> {
                log.info("refused machine={}: {}", machine.serial(), refused.sentence());
                if (refused.refusal() == Refusal.NO_CREDIT) {
                    treasurer.topUp(machine);
                }
            }
        }
    }

    private ProductId product() {
        return Menu.choose(random);
    }

    @Override
    public void close() {
        stopped.countDown();
        world.close();
    }
}
