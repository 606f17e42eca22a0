package io.crema.cli.demo;

import io.crema.cli.system.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What was asked of the demo. Without cups, time or trace it runs until it is stopped.
 *
 * @param machines how many; empty = 3, or 1 with a trace, or as many as the data directory holds
 * @param employees how many over all companies; empty = 8 per machine
 * @param cups ends after so many
 * @param time ends after so long
 * @param trace sells what this file lists
 * @param speed how much faster than its own time a trace is played; empty = as fast as it goes
 * @param pace cups per second over the fleet where no trace gives the time; empty = as fast as it goes
 * @param offline the machines have no network until this share of the cups, in percent
 * @param dataDir where all state stays; empty = a temporary one, removed at the end
 * @param port of the console; 0 = any free one
 */
record DemoOptions(
        OptionalInt machines,
        OptionalInt employees,
        OptionalInt cups,
        Optional<Duration> time,
        Optional<Path> trace,
        OptionalDouble speed,
        OptionalDouble pace,
        OptionalLong seed,
        Optional<Path> dataDir,
        List<Kill> kills,
        OptionalInt offline,
        boolean json,
        int port) {
    static final int MOST_MACHINES = 200;
    static final int MOST_EMPLOYEES = 100_000;

    DemoOptions {
        kills = List.copyOf(kills);
    }

    /** Everything that does not go together, each as one sentence; empty when all is well. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        between("--machines", machines, 1, MOST_MACHINES, faults);
        between("--employees", employees, 1, MOST_EMPLOYEES, faults);
        between("--cups", cups, 1, 10_000_000, faults);
        if (cups.isPresent() && time.isPresent()) {
            faults.add("--cups and --for both say when to end; give one of them");
        }
        if (trace.isPresent() && (cups.isPresent() || time.isPresent())) {
            faults.add("--trace ends with its last row; leave out --cups and --for");
        }
        if (trace.isPresent() && employees.isPresent()) {
            faults.add("--trace brings its own employees, one per card; leave out --employees");
        }
        if (trace.isEmpty() && speed.isPresent()) {
            faults.add("--speed plays a trace faster; give --trace too, or use --pace");
        }
        if (machines.isPresent() && employees.isPresent() && employees.getAsInt() < Math.min(3, machines.getAsInt())) {
            faults.add("--employees %d is too few: each company that rents a machine needs at least one"
                    .formatted(employees.getAsInt()));
        }
        if (!kills.isEmpty() && cups.isEmpty() && trace.isEmpty()) {
            faults.add("--kill counts in percent of the cups; give --cups or --trace");
        }
        if (kills.stream().map(Kill::service).distinct().count() < kills.size()) {
            faults.add("--kill names a service twice; kill each at most once");
        }
        between("--offline", offline, 1, 100, faults);
        if (offline.isPresent() && cups.isEmpty() && trace.isEmpty()) {
            faults.add("--offline counts in percent of the cups; give --cups or --trace");
        }
        if (offline.isPresent() && kills.stream().anyMatch(kill -> kill.service() == ServiceName.EDGE)) {
            faults.add("--offline and --kill edge both take the machines away; give one of them");
        }
        if (port < 0 || port > 65_535) {
            faults.add("--port %d is no port; expected 0 to 65535".formatted(port));
        }
        return faults;
    }

    private static void between(String option, OptionalInt value, int least, int most, List<String> faults) {
        if (value.isPresent() && (value.getAsInt() < least || value.getAsInt() > most)) {
            faults.add("%s %d is out of range; expected %d to %d".formatted(option, value.getAsInt(), least, most));
        }
    }
}
