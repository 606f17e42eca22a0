package io.crema.cli.fleet;

import io.crema.cli.onboarding.Party;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.typed.Domain;
import io.crema.phone.FileWalletStore;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import io.crema.phone.Wallet;
import io.crema.phone.WalletStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The employees' phones, each made when it is first needed. Thread-safe; one phone is for one thread at a time. */
public final class Staff {
    private final DerivedKeys keys;
    private final Domain domain;
    private final Provisioner provisioner;
    private final Optional<Path> folder;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, ApduHandler> phones = new ConcurrentHashMap<>();

    /** @param folder where phones keep their state; empty = in memory */
    public Staff(DerivedKeys keys, Domain domain, Provisioner provisioner, Optional<Path> folder) {
        this.keys = keys;
        this.domain = domain;
        this.provisioner = provisioner;
        this.folder = folder;
    }

    /** The employee's phone with the company's badge. */
    public ApduHandler phone(String employee, Party company, InstantSource clock) {
        return phones.computeIfAbsent(employee, name -> {
            var key = keys.employee(name);
            var store = folder.<WalletStore>map(f -> new FileWalletStore(f.resolve(fileName(name))))
                    .orElseGet(MemoryWalletStore::new);
            var wallet = new Wallet(key, domain, store, clock, random);
            wallet.join(io.crema.phone.Company.of(provisioner.badge(company, key.address())));
            return new PhoneCard(wallet);
        });
    }

    /** Cards are named by strangers: their names never become paths. */
    private static String fileName(String employee) {
        return Keccak.hash(employee.getBytes(StandardCharsets.UTF_8)).hex().substring(2, 34);
    }
}
