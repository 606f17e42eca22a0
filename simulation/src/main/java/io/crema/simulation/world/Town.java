package io.crema.simulation.world;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning;
import io.crema.simulation.chain.PaymentRules;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who takes part, the same in every seed: a manufacturer, two customers, three machines, three employees. Immutable. */
final class Town {
    static final Instant START = Instant.ofEpochSecond(1_800_000_000);
    static final long CHAIN_ID = 31337;
    static final Address TOKEN = address(9);
    static final Domains DOMAINS = Domains.of(CHAIN_ID, address(1), address(2), address(3));
    static final Address IDENTITY = address(4);
    static final Address SUPPLY = address(5);
    static final SigningKey MANUFACTURER = key("manufacturer");
    static final List<SigningKey> CUSTOMERS = List.of(key("customer 1"), key("customer 2"));
    static final Address STRANGER = address(77);
    static final Amount DEPOSIT = Amount.of(8_000);
    static final int PERIOD_MINUTES = 60;
    static final ProductId ESPRESSO = ProductId.named("Espresso");
    static final ProductId LATTE = ProductId.named("Latte");
    static final PaymentRules RULES =
            new PaymentRules(DOMAINS.payment(), DOMAINS.rental().verifyingContract(), 1, 60, BigInteger.TEN.pow(30));
    static final List<Rented> MACHINES =
            List.of(new Rented("CM-1", 0, 1), new Rented("CM-2", 0, 2), new Rented("CM-3", 1, 1));
    static final List<Employee> EMPLOYEES =
            List.of(new Employee("Ada", 0), new Employee("Bob", 0), new Employee("Cleo", 1));

    private Town() {}

    /** A machine with its channel. @param company number of the customer */
    static final class Rented {
        final String serial;
        final int company;
        final long index;
        final SigningKey key;
        final MachineId machine;
        final ChannelId channel;
        final Provisioning provisioning;

        Rented(String serial, int company, long index) {
            this.serial = serial;
            this.company = company;
            this.index = index;
            key = Town.key("machine " + serial);
            machine = MachineId.of(MANUFACTURER.address(), serial);
            channel = ChannelId.of(customer().address(), MANUFACTURER.address(), index);
            provisioning = provisioning();
        }

        SigningKey customer() {
            return CUSTOMERS.get(company);
        }

        private Provisioning provisioning() {
            var prices = new TreeMap<>(Map.of(ESPRESSO, Amount.of(700), LATTE, Amount.of(1_900)));
            var start = START.getEpochSecond();
            var tariff = new Tariff(machine, 1, start - 1_000, new TariffItems(prices).root());
            var placement = new Placement(channel, machine, key.address(), TOKEN, 6, start + 100_000_000);
            return new Provisioning(
                    machine,
                    serial,
                    DOMAINS,
                    customer().address(),
                    MANUFACTURER.address(),
                    index,
                    TOKEN,
                    6,
                    DEPOSIT,
                    PERIOD_MINUTES,
                    TypedData.sign(placement, DOMAINS.payment(), customer()),
                    List.of(new Provisioning.PricedTariff(
                            TypedData.sign(tariff, DOMAINS.payment(), MANUFACTURER), prices)),
                    Map.of(ESPRESSO, "Espresso", LATTE, "Latte"),
                    0,
                    Address.ZERO);
        }
    }

    /** Who drinks. @param company number of the customer */
    record Employee(String name, SigningKey key, int company) {
        Employee(String name, int company) {
            this(name, Town.key("employee " + name), company);
        }

        Signed<Badge> badge(long epoch) {
            var customer = CUSTOMERS.get(company);
            var start = START.getEpochSecond();
            var badge = new Badge(
                    customer.address(),
                    key.address(),
                    Badge.ALL_CHANNELS,
                    Amount.MAX,
                    epoch,
                    start - 10_000,
                    start + 50_000_000);
            return TypedData.sign(badge, DOMAINS.payment(), customer);
        }
    }

    private static SigningKey key(String name) {
        return SigningKey.of(TypedData.keccak("simulated " + name).bytes());
    }

    private static Address address(int number) {
        var bytes = new byte[Address.LENGTH];
        bytes[Address.LENGTH - 1] = (byte) number;
        return Address.of(bytes);
    }
}
