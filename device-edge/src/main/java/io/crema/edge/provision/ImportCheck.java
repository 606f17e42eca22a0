package io.crema.edge.provision;

import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.value.Address;
import io.crema.edge.Provisioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a provisioning that came as a file is one for this machine. Stateless. */
public final class ImportCheck {
    private ImportCheck() {}

    /**
     * What is wrong with it, each in a few words; empty if nothing is.
     *
     * @param contracts those whose signatures count, where that is settled
     */
    public static List<String> faults(
            Provisioning it, String serial, Address manufacturer, Address machineKey, Optional<Domains> contracts) {
        List<String> faults = new ArrayList<>();
        if (!it.serial().equals(serial) || !it.payee().equals(manufacturer)) {
            faults.add("it is for machine %s of %s, this one is %s of %s"
                    .formatted(it.serial(), it.payee(), serial, manufacturer));
        }
        var placement = it.placement();
        if (!placement.content().machineKey().equals(machineKey)) {
            faults.add("its placement names the key %s, this machine's is %s; the customer must place it anew"
                    .formatted(placement.content().machineKey(), machineKey));
        }
        if (contracts.filter(known -> !same(known, it.domains())).isPresent()) {
            faults.add("its contracts are others than those in edge.json");
        }
        if (!placement.isSignedBy(it.actingKey(), it.domains().payment())) {
            faults.add("its placement is not signed by the customer " + it.customer());
        }
        it.tariffs().stream()
                .filter(tariff ->
                        !tariff.tariff().isSignedBy(it.payee(), it.domains().payment()))
                .forEach(tariff -> faults.add("its tariff version %d is not signed by the manufacturer %s"
                        .formatted(tariff.tariff().content().version(), it.payee())));
        return faults;
    }

    private static boolean same(Domains one, Domains other) {
        return same(one.payment(), other.payment())
                && same(one.rental(), other.rental())
                && same(one.maintenance(), other.maintenance());
    }

    private static boolean same(Domain one, Domain other) {
        return one.chainId() == other.chainId() && one.verifyingContract().equals(other.verifyingContract());
    }
}
