package io.crema.edge;

import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a machine is told from outside; everything but its key, which lies beside in {@code machine.key}. Immutable.
 *
 * @param machine the machine's id
 * @param serial its serial number, also the name of its folder
 * @param domains the contracts' signature domains
 * @param customer who pays
 * @param payee the manufacturer
 * @param index of the channel between the two
 * @param token the channel's ERC-20
 * @param decimals of the token
 * @param deposited all deposits of the channel so far, in the smallest unit; rewritten after a top-up
 * @param challengePeriodMinutes of the channel
 * @param placement signed by the customer
 * @param tariffs signed by the manufacturer; of those in force the one with the highest version holds
 * @param productNames for screens and logs
 * @param epoch the customer's epoch: badges of earlier ones are refused
 * @param signer the customer's acting key; zero = the customer's own address
 */
public record Provisioning(
        MachineId machine,
        String serial,
        Domains domains,
        Address customer,
        Address payee,
        long index,
        Address token,
        int decimals,
        Amount deposited,
        int challengePeriodMinutes,
        Signed<Placement> placement,
        List<PricedTariff> tariffs,
        Map<ProductId, String> productNames,
        long epoch,
        Address signer) {

    public Provisioning {
        if (!serial.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "a serial number has 1 to 64 letters, digits, dots, dashes or underscores, got '" + serial + "'");
        }
        if (tariffs.isEmpty()) {
            throw new IllegalArgumentException("machine " + serial + " has no tariff; give at least one");
        }
        tariffs = List.copyOf(tariffs);
        productNames = Map.copyOf(productNames);
    }

    /**
     * A signed tariff with the prices behind its root.
     *
     * @throws IllegalArgumentException when the prices do not make the root
     */
    public record PricedTariff(Signed<Tariff> tariff, SortedMap<ProductId, Amount> prices) {
        public PricedTariff {
            prices = new TreeMap<>(prices);
            var root = new TariffItems(prices).root();
            if (!root.equals(tariff.content().items())) {
                throw new IllegalArgumentException("tariff version %d: its prices make root %s, but %s is signed"
                        .formatted(
                                tariff.content().version(),
                                root,
                                tariff.content().items()));
            }
        }
    }

    public ChannelId channel() {
        return ChannelId.of(customer, payee, index);
    }

    /** The address whose key signs for the customer now. */
    public Address actingKey() {
        return signer.isZero() ? customer : signer;
    }

    /** @param time seconds since 1970 */
    public Optional<PricedTariff> tariffAt(long time) {
        return tariffs.stream()
                .filter(it -> it.tariff().content().validFrom() <= time)
                .max(Comparator.comparingLong(it -> it.tariff().content().version()));
    }

    /** The product's name, or its id where it has none. */
    public String nameOf(ProductId product) {
        return productNames.getOrDefault(product, product.toString());
    }

    /** With a higher deposit, as after a top-up. */
    public Provisioning withDeposited(Amount amount) {
        return with(amount, challengePeriodMinutes, placement, tariffs, productNames, epoch, signer);
    }

    /** The same machine and channel with everything that may change over time. */
    public Provisioning with(
            Amount deposited,
            int challengePeriodMinutes,
            Signed<Placement> placement,
            List<PricedTariff> tariffs,
            Map<ProductId, String> productNames,
            long epoch,
            Address signer) {
        return new Provisioning(
                machine,
                serial,
                domains,
                customer,
                payee,
                index,
                token,
                decimals,
                deposited,
                challengePeriodMinutes,
                placement,
                tariffs,
                productNames,
                epoch,
                signer);
    }

    public String toJson() {
        return ProvisioningJson.write(this);
    }

    /** @throws IllegalArgumentException naming the field that is missing or wrong */
    public static Provisioning fromJson(String json) {
        return ProvisioningJson.read(json);
    }
}
