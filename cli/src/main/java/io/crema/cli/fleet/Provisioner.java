package io.crema.cli.fleet;

import io.crema.chain.deploy.Contracts;
import io.crema.cli.onboarding.Onboarding;
import io.crema.cli.onboarding.Party;
import io.crema.cli.onboarding.RentedMachine;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning;
import io.crema.edge.folder.MachineFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Signs what machines and phones need to know, as customer and manufacturer would, and writes it for the edge. */
public final class Provisioner {
    /** Decimals of the test token. */
    public static final int DECIMALS = 6;

    private static final long FOREVER = 4_102_444_800L; // the year 2100
    private static final Amount BADGE_CAP = Amount.of(1_000_000).times(1_000_000);

    private final Contracts contracts;
    private final Domains domains;
    private final Party manufacturer;

    public Provisioner(Contracts contracts, Party manufacturer) {
        this.contracts = contracts;
        this.manufacturer = manufacturer;
        this.domains = Domains.of(
                contracts.chainId(),
                contracts.paymentProvider(),
                contracts.rentalProvider(),
                contracts.maintenanceProvider());
    }

    /** A badge of the machine's customer for all of its channels. */
    public Signed<Badge> badge(Party customer, Address employee) {
        var badge = new Badge(customer.address(), employee, Badge.ALL_CHANNELS, BADGE_CAP, 0, 0, FOREVER);
        return TypedData.sign(badge, domains.payment(), customer.key());
    }

    /** Tells the edge of the machine, or tells it anew. */
    public void write(
            Path edgeDir, RentedMachine machine, List<PriceChange> prices, Map<ProductId, String> productNames) {
        MachineFolder.provision(edgeDir, provisioning(machine, prices, productNames), machine.key());
    }

    private Provisioning provisioning(
            RentedMachine machine, List<PriceChange> prices, Map<ProductId, String> productNames) {
        var placement = new Placement(
                machine.channel(), machine.machine(), machine.key().address(), contracts.token(), DECIMALS, FOREVER);
        return new Provisioning(
                machine.machine(),
                machine.serial(),
                domains,
                machine.customer().address(),
                manufacturer.address(),
                machine.index(),
                contracts.token(),
                DECIMALS,
                machine.deposited(),
                Math.toIntExact(Onboarding.CHALLENGE_PERIOD.toMinutes()),
                TypedData.sign(placement, domains.payment(), machine.customer().key()),
                tariffs(machine, prices),
                productNames,
                0,
                Address.ZERO);
    }

    private List<Provisioning.PricedTariff> tariffs(RentedMachine machine, List<PriceChange> prices) {
        List<Provisioning.PricedTariff> tariffs = new ArrayList<>();
        for (var change : prices) {
            var tariff = new Tariff(
                    machine.machine(),
                    tariffs.size() + 1L,
                    change.validFrom().getEpochSecond(),
                    new TariffItems(change.prices()).root());
            tariffs.add(new Provisioning.PricedTariff(
                    TypedData.sign(tariff, domains.payment(), manufacturer.key()), change.prices()));
        }
        return tariffs;
    }
}
