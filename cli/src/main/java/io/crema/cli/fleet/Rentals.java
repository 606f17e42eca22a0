package io.crema.cli.fleet;

import io.crema.chain.deploy.Contracts;
import io.crema.chain.deploy.Deployed;
import io.crema.chain.deploy.Deployment;
import io.crema.chain.deploy.DeploymentOptions;
import io.crema.cli.onboarding.Onboarding;
import io.crema.cli.onboarding.OnboardingException;
import io.crema.cli.onboarding.Party;
import io.crema.cli.onboarding.RentedMachine;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hex;
import io.crema.contracts.value.MachineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;

/** The simulated participants on a test chain, and the machines that they rent. Thread-safe. */
public final class Rentals {
    private final Web3j chain;
    private final Path dataDir;
    private final Path contractsFile;
    private final DerivedKeys keys;
    private final Party owner;
    private final Party manufacturer;
    private final List<Party> customers;
    private final Contracts contracts;
    private final Onboarding onboarding;
    private List<RentedMachine> machines = List.of();

    /**
     * Deploys the contracts, or finds those of an earlier run by the file contracts.json.
     *
     * @param accounts funded on the chain: the platform's owner, the manufacturer, then the companies
     * @param keys of the machines
     * @throws OnboardingException when the chain does not hold the contracts that the file names
     */
    public Rentals(Web3j chain, List<SigningKey> accounts, Path dataDir, DerivedKeys keys, int companies)
            throws IOException {
        this.chain = chain;
        this.dataDir = dataDir;
        this.contractsFile = dataDir.resolve("contracts.json");
        this.keys = keys;
        owner = new Party("the platform's owner", accounts.get(0));
        manufacturer = new Party("Crema Machines AG", accounts.get(1));
        customers = IntStream.range(0, companies)
                .mapToObj(i -> new Party(Company.name(i), accounts.get(2 + i)))
                .toList();
        contracts = contracts(accounts.get(0));
        onboarding = new Onboarding(chain, contracts);
    }

    public Contracts contracts() {
        return contracts;
    }

    public Party manufacturer() {
        return manufacturer;
    }

    public List<Party> customers() {
        return customers;
    }

    public synchronized List<RentedMachine> machines() {
        return machines;
    }

    /** Rents new machines: the n-th to the n-th company and around again. */
    public synchronized List<RentedMachine> rent(List<Amount> deposits) throws IOException {
        List<Onboarding.Wish> wishes = new ArrayList<>();
        for (var i = 0; i < deposits.size(); i++) {
            var serial = "CM-%04d".formatted(i + 1);
            wishes.add(new Onboarding.Wish(
                    serial, keys.machine(serial), customers.get(i % customers.size()), deposits.get(i)));
        }
        onboarding.join(owner, manufacturer, customers, wishes);
        machines = List.copyOf(onboarding.rent(manufacturer, wishes));
        return machines;
    }

    /** The machines of an earlier run. */
    public synchronized List<RentedMachine> remembered(FleetFile fleet) {
        machines = fleet.machines().stream()
                .map(machine -> {
                    var customer = customers.get(machine.customer());
                    return new RentedMachine(
                            machine.serial(),
                            MachineId.of(manufacturer.address(), machine.serial()),
                            keys.machine(machine.serial()),
                            customer,
                            ChannelId.of(customer.address(), manufacturer.address(), machine.index()),
                            machine.index(),
                            Amount.parse(machine.deposited()));
                })
                .toList();
        return machines;
    }

    /** Pays more into channels; returns all machines as they are then. */
    public synchronized List<RentedMachine> topUp(Map<String, Amount> amountBySerial) throws IOException {
        Map<RentedMachine, Amount> amounts = new HashMap<>();
        machines.stream()
                .filter(machine -> amountBySerial.containsKey(machine.serial()))
                .forEach(machine -> amounts.put(machine, amountBySerial.getOrDefault(machine.serial(), Amount.ZERO)));
        Map<String, RentedMachine> richer = new HashMap<>();
        onboarding.topUp(manufacturer, amounts).forEach(machine -> richer.put(machine.serial(), machine));
        machines = machines.stream()
                .map(machine -> richer.getOrDefault(machine.serial(), machine))
                .toList();
        return machines;
    }

    /** As a data directory remembers them. */
    public synchronized List<FleetFile.Machine> toRemember() {
        return machines.stream()
                .map(machine -> new FleetFile.Machine(
                        machine.serial(),
                        customers.indexOf(machine.customer()),
                        machine.index(),
                        machine.deposited().toString()))
                .toList();
    }

    private Contracts contracts(SigningKey deployer) throws IOException {
        if (Files.notExists(contractsFile)) {
            var deployed = Deployment.deploy(chain, Credentials.create(Hex.encode(deployer.privateKey())));
            new Deployed(deployed, deployer.address(), DeploymentOptions.DEFAULT).write(dataDir);
            return deployed;
        }
        var known = Contracts.read(contractsFile);
        var code = chain.ethGetCode(known.paymentProvider().hex(), DefaultBlockParameterName.LATEST)
                .send()
                .getCode();
        if (code == null || code.length() <= 2) {
            throw new OnboardingException(
                    "the chain is behind its log: it has no contract at %s, of which the log tells. The chain's state in %s was lost; restore it, or start with a fresh data directory"
                            .formatted(known.paymentProvider(), contractsFile.resolveSibling("chain")));
        }
        return known;
    }
}
