package io.crema.edge;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.phone.Company;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.Wallet;
import io.crema.phone.WalletStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** One office with one machine: keys, papers and phones for tests. */
public final class Office {
    public static final ProductId ESPRESSO = ProductId.named("Espresso");
    public static final ProductId LATTE = ProductId.named("Latte");
    public static final long START = 1_800_000_000L;

    public final Random random;
    public final SigningKey manufacturer;
    public final SigningKey customer;
    public final SigningKey machineKey;
    public final Domains domains = Domains.of(31337, address(1), address(2), address(3));
    public final String serial;
    public final MachineId machine;
    public final ChannelId channel;
    public Instant now = Instant.ofEpochSecond(START);
    public Provisioning provisioning;

    public Office() {
        this("CM-1");
    }

    public Office(String serial) {
        this(serial, 42);
    }

    /** An office with keys of its own. */
    public Office(String serial, long seed) {
        this.serial = serial;
        random = new Random(seed);
        manufacturer = SigningKey.generate(random);
        customer = SigningKey.generate(random);
        machineKey = SigningKey.generate(random);
        machine = MachineId.of(manufacturer.address(), serial);
        channel = ChannelId.of(customer.address(), manufacturer.address(), 7);
        var placement = new Placement(channel, machine, machineKey.address(), address(9), 6, START + 100_000_000);
        provisioning = new Provisioning(
                machine,
                serial,
                domains,
                customer.address(),
                manufacturer.address(),
                7,
                address(9),
                6,
                Amount.of(1_000_000_000),
                3 * 24 * 60,
                TypedData.sign(placement, domains.payment(), customer),
                List.of(tariff(1, START - 1000, 1_500_000, 2_500_000)),
                Map.of(ESPRESSO, "Espresso", LATTE, "Latte"),
                1,
                Address.ZERO);
    }

    public static Address address(int number) {
        var bytes = new byte[20];
        bytes[19] = (byte) number;
        return Address.of(bytes);
    }

    public Provisioning.PricedTariff tariff(long version, long validFrom, long espresso, long latte) {
        var prices = new TreeMap<>(Map.of(ESPRESSO, Amount.of(espresso), LATTE, Amount.of(latte)));
        var tariff = new Tariff(machine, version, validFrom, new TariffItems(prices).root());
        return new Provisioning.PricedTariff(TypedData.sign(tariff, domains.payment(), manufacturer), prices);
    }

    public Provisioning with(List<Provisioning.PricedTariff> tariffs) {
        var it = provisioning;
        return new Provisioning(
                it.machine(),
                it.serial(),
                it.domains(),
                it.customer(),
                it.payee(),
                it.index(),
                it.token(),
                it.decimals(),
                it.deposited(),
                it.challengePeriodMinutes(),
                it.placement(),
                tariffs,
                it.productNames(),
                it.epoch(),
                it.signer());
    }

    public Badge badge(SigningKey employee) {
        return new Badge(
                customer.address(),
                employee.address(),
                Badge.ALL_CHANNELS,
                Amount.of(10_000_000_000L),
                1,
                START - 10_000,
                START + 50_000_000);
    }

    public Wallet wallet(SigningKey key, WalletStore store, Badge badge) {
        var wallet = new Wallet(key, domains.payment(), store, () -> now, random);
        wallet.join(new Company(
                customer.address(),
                List.of(customer.address()),
                Optional.of(TypedData.sign(badge, domains.payment(), customer))));
        return wallet;
    }

    public Wallet wallet() {
        var key = SigningKey.generate(random);
        return wallet(key, new MemoryWalletStore(), badge(key));
    }

    public Hash attempt() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Hash.of(bytes);
    }

    public void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }
}
