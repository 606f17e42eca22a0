package io.crema.projections;

import static io.crema.projections.Fleet.id;

import io.crema.events.*;
import io.crema.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the machines of the console's fleet tell, and what goes wrong with them. */
final class ConsoleTroubles {
    private final Fleet log;
    private final Instant now;

    ConsoleTroubles(Fleet log, Instant now) {
        this.log = log;
        this.now = now;
    }

    void twin(String machine, double temperature) {
        var seen = now.minusSeconds(3);
        log.write(
                Topic.MACHINE_TWINS,
                id(machine),
                new MachineTwin(
                        id(machine),
                        Map.of("BoilerTempCoffee", new Reading("BoilerTempCoffee", "Cel", temperature, seen)),
                        new MachineEvent("ProgramFinished", "latte", seen),
                        Map.of(),
                        1L,
                        id("batch"),
                        seen,
                        0L,
                        "0.1.0"));
    }

    void refused(String name) {
        var machine = id(name);
        log.write(
                Topic.QUARANTINE,
                machine,
                new Quarantined(
                        "edge.receipts.events.v1",
                        1,
                        17L,
                        ByteBuffer.wrap(machine.bytes()),
                        ByteBuffer.wrap(new byte[] {1, 2, 3}),
                        id("value"),
                        "BAD_SIGNATURE",
                        "receipt 3 is signed by 0x12, expected 0x34",
                        3L,
                        "streams",
                        now.minus(Duration.ofMinutes(48))));
    }

    void fault(String machine) {
        var time = now.minus(Duration.ofMinutes(26));
        var text = "The coffee boiler is above 105 °C for more than 30 s.";
        var reading = new Reading("BoilerTempCoffee", "Cel", 109.4, time);
        log.write(
                Topic.MACHINE_EVENTS,
                id(machine),
                new FaultRaised(id(machine), id("fault"), "BoilerOverheated", text, reading, id("evidence"), time));
        log.write(
                Topic.SERVICE_REQUESTS,
                id("request"),
                new ServiceRequestOpened(
                        id("request"), id(machine), id("fault"), "BoilerOverheated", text, id("evidence"), time));
    }
}
