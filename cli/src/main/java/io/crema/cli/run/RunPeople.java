package io.crema.cli.run;

import io.crema.chain.deploy.Contracts;
import io.crema.cli.fleet.DerivedKeys;
import io.crema.cli.fleet.FleetFile;
import io.crema.cli.fleet.Menu;
import io.crema.cli.fleet.People;
import io.crema.cli.fleet.Provisioner;
import io.crema.cli.fleet.Rentals;
import io.crema.cli.fleet.Staff;
import io.crema.cli.fleet.TestAccounts;
import io.crema.cli.onboarding.RentedMachine;
import io.crema.cli.system.EnvironmentFile;
import io.crema.contracts.value.Amount;
import io.crema.edge.world.TcpWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** People at the machines that {@code crema setup} has rented, for test chains. The edge finds them by CREMA_EDGE_WORLD. */
@Command(
        name = "people",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Simulated people at the machines that setup has rented; the edge must have CREMA_EDGE_WORLD.")
final class RunPeople implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Amount TOP_UP = Amount.of(250_000_000L);
    private static final int OWNER_AND_MANUFACTURER = 2;

    @Option(
            names = "--shared-dir",
            description = "What setup has written (CREMA_SHARED_DIR).",
            defaultValue = "${env:CREMA_SHARED_DIR:-data/shared}")
    private Path sharedDir = Path.of("data/shared");

    @Option(
            names = "--edge-dir",
            description = "The edge's data directory, to tell machines of top-ups (CREMA_EDGE_DIR).",
            defaultValue = "${env:CREMA_EDGE_DIR:-data/edge}")
    private Path edgeDir = Path.of("data/edge");

    @Option(
            names = "--data-dir",
            description = "Where the phones keep their state (CREMA_DATA_DIR).",
            defaultValue = "${env:CREMA_DATA_DIR:-data/people}")
    private Path dataDir = Path.of("data/people");

    @Option(
            names = "--world-port",
            description = "Port on 127.0.0.1 for the edge (CREMA_WORLD_PORT).",
            defaultValue = "${env:CREMA_WORLD_PORT:-7070}")
    private int worldPort;

    @Option(
            names = "--cups-per-minute",
            description = "Over all machines (CREMA_CUPS_PER_MINUTE).",
            defaultValue = "${env:CREMA_CUPS_PER_MINUTE:-12}")
    private double cupsPerMinute;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var fleet = FleetFile.read(sharedDir.resolve("fleet.json"));
        var contracts = Contracts.read(sharedDir.resolve("contracts.json"));
        var keys = new DerivedKeys(fleet.seed());
        var chain = Web3j.build(new HttpService(rpcUrl()));
        var companies = 1
                + fleet.machines().stream()
                        .mapToInt(FleetFile.Machine::customer)
                        .max()
                        .orElse(0);
        var rentals =
                new Rentals(chain, TestAccounts.first(OWNER_AND_MANUFACTURER + companies), sharedDir, keys, companies);
        var machines = rentals.remembered(fleet);
        var provisioner = new Provisioner(contracts, rentals.manufacturer());
        var staff = new Staff(keys, contracts.paymentDomain(), provisioner, Optional.of(dataDir.resolve("phones")));
        var people = new People(
                new TcpWorld(PATIENCE, worldPort),
                machines,
                staff,
                machine -> topUp(machine, rentals, fleet, provisioner),
                cupsPerMinute,
                InstantSource.system());
        people.start();
        return Foreground.untilStopped("people ready: %d machines".formatted(machines.size()), () -> {
            people.close();
            chain.shutdown();
        });
    }

    private synchronized void topUp(RentedMachine machine, Rentals rentals, FleetFile fleet, Provisioner provisioner)
            throws IOException {
        var richer = rentals.topUp(Map.of(machine.serial(), TOP_UP)).stream()
                .filter(one -> one.serial().equals(machine.serial()))
                .findFirst()
                .orElseThrow();
        fleet.withMachines(rentals.toRemember()).write(sharedDir.resolve("fleet.json"));
        provisioner.write(edgeDir, richer, List.of(Menu.always()), Menu.names());
    }

    private String rpcUrl() {
        return EnvironmentFile.process()
                .getOrDefault("CREMA_RPC_URLS", "http://127.0.0.1:8545")
                .split(",")[0]
                .strip();
    }
}
