package io.crema.cli.admin;

import io.crema.cli.fleet.DerivedKeys;
import io.crema.cli.fleet.Directory;
import io.crema.cli.fleet.FleetFile;
import io.crema.cli.fleet.Menu;
import io.crema.cli.fleet.Provisioner;
import io.crema.cli.fleet.Rentals;
import io.crema.cli.fleet.SendingKey;
import io.crema.cli.fleet.TestAccounts;
import io.crema.cli.onboarding.RentedMachine;
import io.crema.cli.system.Environment;
import io.crema.cli.system.EnvironmentFile;
import io.crema.contracts.value.Amount;
import io.crema.edge.folder.MachineFolder;
import io.crema.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;

/**
 * Makes a broker and a test chain ready for the services. Idempotent: what is there already is checked and kept; a run
 * that was cut short before its machines were rented begins anew. Immutable.
 *
 * @param sharedDir gets contracts.json, fleet.json, directory.json, keys/ and at last crema.env
 * @param edgeDir gets machines/
 * @param companies that rent machines
 * @param machines that are rented the first time
 */
record Setup(Path sharedDir, Path edgeDir, String rpcUrl, Kafka kafka, int companies, int machines) {
    private static final Amount DEPOSIT = Amount.of(250_000_000L);
    private static final int CONFIRMATIONS = 1;
    private static final int OWNER_AND_MANUFACTURER = 2;

    /** A broker or cluster, and how its topics are made. */
    record Kafka(String bootstrapServers, int partitions, short replication) {}

    /** @return what was done, in sentences */
    List<String> run(Waiting waiting) throws IOException, InterruptedException {
        Files.createDirectories(sharedDir);
        topics(waiting);
        var chain = Web3j.build(new HttpService(rpcUrl));
        try {
            var node = waiting.until(
                    "the chain at " + rpcUrl,
                    () -> Optional.ofNullable(chain.web3ClientVersion().send().getWeb3ClientVersion()));
            checkForTests(node);
            return rent(chain);
        } finally {
            chain.shutdown();
        }
    }

    private void topics(Waiting waiting) throws InterruptedException {
        waiting.until("the broker at " + kafka.bootstrapServers(), () -> {
            try (var admin = admin()) {
                return Optional.of(admin.listTopics().names().get(10, TimeUnit.SECONDS));
            }
        });
        try (var admin = admin()) {
            new TopicCatalogue(kafka.partitions(), kafka.replication()).create(admin);
        }
    }

    private Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private void checkForTests(String node) {
        var name = node.toLowerCase(Locale.ROOT);
        if (!name.contains("anvil") && !name.contains("hardhat")) {
            throw new SetupException(
                    "the node at %s is '%s'; setup uses accounts whose keys everyone knows, and works on the test chains anvil and Hardhat only"
                            .formatted(rpcUrl, node));
        }
    }

    private List<String> rent(Web3j chain) throws IOException {
        var fleetFile = sharedDir.resolve("fleet.json");
        var before = Files.exists(fleetFile) ? Optional.of(FleetFile.read(fleetFile)) : Optional.<FleetFile>empty();
        if (before.isEmpty()) {
            checkForStrangers();
            // Nobody has seen these contracts: the environment file comes last.
            Files.deleteIfExists(sharedDir.resolve("contracts.json"));
        }
        var fleet = before.orElseGet(() -> new FleetFile(new SecureRandom().nextLong(), 0, "menu", 1, List.of()));
        var rentedBy = before.map(known -> 1
                        + known.machines().stream()
                                .mapToInt(FleetFile.Machine::customer)
                                .max()
                                .orElse(0))
                .orElse(companies);
        var rentals = new Rentals(
                chain,
                TestAccounts.first(OWNER_AND_MANUFACTURER + rentedBy),
                sharedDir,
                new DerivedKeys(fleet.seed()),
                rentedBy);
        var rented =
                before.isPresent() ? rentals.remembered(fleet) : rentals.rent(Collections.nCopies(machines, DEPOSIT));
        fleet.withMachines(rentals.toRemember()).write(fleetFile);
        provision(rentals, rented);
        Directory.write(sharedDir.resolve("directory.json"), rentals, Menu.names());
        var environment = writeEnvironment(rentals);
        return List.of(
                "%d machines are rented to %d companies%s."
                        .formatted(rented.size(), rentedBy, before.isPresent() ? ", as before" : ""),
                "PaymentProvider is at %s.".formatted(rentals.contracts().paymentProvider()),
                "The services find the rest by CREMA_ENV_FILE=%s.".formatted(environment));
    }

    private void checkForStrangers() {
        var strangers = MachineFolder.serials(edgeDir);
        if (!strangers.isEmpty()) {
            throw new SetupException(
                    "%s holds the machines %s of an earlier setup, of which %s knows nothing; restore that directory, or remove the machines with all their receipts"
                            .formatted(edgeDir, strangers, sharedDir));
        }
    }

    /** A machine that knows its rental is left alone: it may have been told of a top-up since. */
    private void provision(Rentals rentals, List<RentedMachine> rented) {
        var provisioner = new Provisioner(rentals.contracts(), rentals.manufacturer());
        var known = MachineFolder.serials(edgeDir);
        for (var machine : rented) {
            if (!known.contains(machine.serial())) {
                provisioner.write(edgeDir, machine, List.of(Menu.always()), Menu.names());
            }
        }
    }

    private Path writeEnvironment(Rentals rentals) throws IOException {
        var key =
                SendingKey.in(sharedDir.resolve("keys"), rentals.manufacturer().key());
        var file = sharedDir.resolve("crema.env");
        EnvironmentFile.write(
                file,
                new Environment()
                        .kafka(kafka.bootstrapServers(), kafka.partitions())
                        .chain(rpcUrl, rentals.contracts(), CONFIRMATIONS)
                        .set("CREMA_REPLICATION", kafka.replication())
                        .set("CREMA_DIRECTORY", sharedDir.resolve("directory.json"))
                        .set("CREMA_CONTRACTS", sharedDir.resolve("contracts.json"))
                        .set("CREMA_KEYSTORE", key.file())
                        .set("CREMA_KEYSTORE_PASSWORD_FILE", key.passwordFile())
                        .shared());
        return file;
    }
}
