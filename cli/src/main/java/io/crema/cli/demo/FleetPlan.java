package io.crema.cli.demo;

import io.crema.cli.fleet.Company;
import io.crema.cli.fleet.DerivedKeys;
import io.crema.cli.fleet.Menu;
import io.crema.cli.fleet.PriceChange;
import io.crema.cli.fleet.Provisioner;
import io.crema.cli.trace.Trace;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Which machines there are, who drinks there, what it costs, and how much the companies pay in. Immutable. */
record FleetPlan(
        int machines,
        int companies,
        CupSource cups,
        List<List<PriceChange>> prices,
        Map<ProductId, String> productNames,
        List<Amount> deposits) {
    private static final int MOST_COMPANIES = 3;
    private static final int EMPLOYEES_PER_MACHINE = 8;
    private static final long DEPOSIT_WITHOUT_END = 250_000_000L;

    static int companies(int machines) {
        return Math.min(Math.min(MOST_COMPANIES, Company.most()), machines);
    }

    /** Of a trace: its cards, its prices, and deposits that cover it with a tenth to spare. */
    static FleetPlan of(Trace trace, int machines) {
        var cups = new TraceCups(trace, machines);
        List<List<PriceChange>> prices = new ArrayList<>();
        List<Amount> deposits = new ArrayList<>();
        for (var i = 0; i < machines; i++) {
            var own = cups.prices(i);
            prices.add(own.isEmpty() ? List.of(Menu.always()) : own);
            deposits.add(spare(cups.total(i)));
        }
        return new FleetPlan(machines, companies(machines), cups, prices, names(cups.productNames()), deposits);
    }

    /** Of the menu and people with habits of their own. */
    static FleetPlan generated(DerivedKeys keys, long run, int machines, int employees, OptionalLong cups) {
        var companies = companies(machines);
        List<List<String>> staff = new ArrayList<>();
        for (var machine = 0; machine < machines; machine++) {
            staff.add(new ArrayList<>());
        }
        for (var person = 0; person < Math.max(employees, companies); person++) {
            for (var machine = person % companies; machine < machines; machine += companies) {
                // A phone is at one machine at a time: everybody has a machine of their own.
                if (person / companies % machinesOf(machine % companies, companies, machines) == machine / companies) {
                    staff.get(machine).add("employee-" + (person + 1));
                }
            }
        }
        for (var machine = 0; machine < machines; machine++) {
            if (staff.get(machine).isEmpty()) {
                staff.get(machine).add("visitor-" + (machine + 1));
            }
        }
        var deposit = cups.isPresent()
                ? spare(Menu.dearest(Provisioner.DECIMALS).times(cups.getAsLong() / machines + 1))
                : Amount.of(DEPOSIT_WITHOUT_END);
        List<List<PriceChange>> prices = new ArrayList<>();
        List<Amount> deposits = new ArrayList<>();
        for (var i = 0; i < machines; i++) {
            prices.add(List.of(Menu.always()));
            deposits.add(deposit);
        }
        return new FleetPlan(
                machines, companies, new GeneratedCups(keys, run, staff, cups), prices, names(Map.of()), deposits);
    }

    static int defaultEmployees(int machines) {
        return EMPLOYEES_PER_MACHINE * machines;
    }

    private static int machinesOf(int company, int companies, int machines) {
        return (machines - company + companies - 1) / companies;
    }

    private static Amount spare(Amount needed) {
        return new Amount(needed.value()
                .multiply(BigInteger.valueOf(11))
                .divide(BigInteger.TEN)
                .max(BigInteger.valueOf(1_000_000)));
    }

    private static Map<ProductId, String> names(Map<ProductId, String> more) {
        Map<ProductId, String> names = new LinkedHashMap<>(Menu.names());
        names.putAll(more);
        return names;
    }
}
