package io.crema.simulation.world;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.phone.Company;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import io.crema.phone.Wallet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The employees' phones. They know the time and lose nothing. Not thread-safe. */
final class People {
    private final List<Wallet> wallets = new ArrayList<>();
    private final List<PhoneCard> cards = new ArrayList<>();

    People(InstantSource clock, RandomGenerator random) {
        for (var employee : Town.EMPLOYEES) {
            var wallet = new Wallet(employee.key(), Town.DOMAINS.payment(), new MemoryWalletStore(), clock, random);
            wallets.add(wallet);
            cards.add(new PhoneCard(wallet));
            give(employee, 0);
        }
    }

    PhoneCard card(Town.Employee employee) {
        return cards.get(Town.EMPLOYEES.indexOf(employee));
    }

    /** A badge of the epoch, in the place of the earlier one. */
    void give(Town.Employee employee, long epoch) {
        Address customer = Town.CUSTOMERS.get(employee.company()).address();
        wallets.get(Town.EMPLOYEES.indexOf(employee))
                .join(new Company(customer, List.of(customer), Optional.of(employee.badge(epoch))));
    }

    /** The highest total that any of them has signed. */
    Amount highest(ChannelId channel) {
        return wallets.stream()
                .flatMap(wallet -> wallet.newest(channel).stream())
                .map(own -> own.receipt().receipt().content().total())
                .reduce(Amount.ZERO, Amount::max);
    }
}
