package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The companies of a wallet with their badges, and which of those were revoked. */
final class Companies {
    /** More than anybody works for. */
    private static final int MOST = 64;

    private static final String INDEX = "companies";

    private final WalletStore store;
    private final Domain domain;
    private final Address employee;

    Companies(WalletStore store, Domain domain, Address employee) {
        this.store = store;
        this.domain = domain;
        this.employee = employee;
    }

    Optional<Company> of(Address customer) {
        return store.get(file("company", customer)).filter(it -> it.length > 0).map(Companies::decode);
    }

    List<Company> all() {
        return customers().stream().flatMap(it -> of(it).stream()).toList();
    }

    void join(Company company) {
        company.badge().ifPresent(badge -> check(company, badge));
        if (company.badge().isEmpty() && !company.signers().contains(employee)) {
            throw new IllegalArgumentException(
                    "company %s gives no badge, and this phone's key %s is none of its signers; ask it for a badge"
                            .formatted(company.customer(), employee));
        }
        var out = new ByteWriter();
        company.write(out);
        var bytes = out.toBytes();
        if (store.get(file("company", company.customer()))
                .filter(it -> Arrays.equals(it, bytes))
                .isPresent()) {
            return;
        }
        var customers = new TreeSet<>(customers());
        customers.add(company.customer());
        if (customers.size() > MOST) {
            throw new IllegalArgumentException(
                    "a wallet has badges of at most %d companies; remove one first".formatted(MOST));
        }
        store.put(file("company", company.customer()), bytes);
        index(customers);
    }

    void leave(Address customer) {
        var customers = new TreeSet<>(customers());
        if (customers.remove(customer)) {
            index(customers);
            store.put(file("company", customer), new byte[0]);
        }
    }

    private void check(Company company, Signed<Badge> badge) {
        var content = badge.content();
        if (!content.employee().equals(employee)) {
            throw new IllegalArgumentException(
                    "the badge is for key %s, this phone's key is %s; ask for a badge for this key"
                            .formatted(content.employee(), employee));
        }
        if (!content.customer().equals(company.customer())) {
            throw new IllegalArgumentException(
                    "the badge is of company %s, expected %s".formatted(content.customer(), company.customer()));
        }
        if (!company.signed(badge, domain)) {
            throw new IllegalArgumentException(
                    "the badge is not signed by a key of company %s for %s; ask the company for a fresh one"
                            .formatted(company.customer(), domain));
        }
        if (isRevoked(badge)) {
            throw new IllegalArgumentException(
                    "company %s has revoked this badge; ask it for a new one".formatted(company.customer()));
        }
        of(company.customer())
                .flatMap(Company::badge)
                .filter(known -> content.epoch() < known.content().epoch())
                .ifPresent(known -> {
                    throw new IllegalArgumentException(
                            "the badge is of epoch %d, older than the one in this phone (%d); ask for a new one"
                                    .formatted(content.epoch(), known.content().epoch()));
                });
    }

    /**
     * Takes a company's list of revoked badges.
     *
     * @throws IllegalArgumentException when it is not the company's, not the list that was signed, or older than before
     */
    void revoke(Signed<Revocations> signed, Collection<Hash> badges) {
        var list = signed.content();
        var company = of(list.customer())
                .orElseThrow(() -> new IllegalArgumentException(
                        "the list is of company %s, which has no badge here".formatted(list.customer())));
        if (!company.signed(signed, domain)) {
            throw new IllegalArgumentException(
                    "the list of revoked badges is not signed by a key of company " + list.customer());
        }
        if (!Revocations.list(badges).equals(list.list())) {
            throw new IllegalArgumentException("the %d badges given are not those that company %s signed as revoked"
                    .formatted(badges.size(), list.customer()));
        }
        var known = revoked(list.customer());
        if (list.version() < known.version()) {
            throw new IllegalArgumentException(
                    "the list has version %d, this phone knows version %d; ask for the newest"
                            .formatted(list.version(), known.version()));
        }
        var own = company.badge().map(it -> domain.digest(it.content())).filter(badges::contains);
        var digests = new ArrayList<>(known.digests());
        digests.removeIf(it -> !badges.contains(it));
        own.filter(it -> !digests.contains(it)).ifPresent(digests::add);
        store.put(file("revoked", list.customer()), new Revoked(list.version(), list.epoch(), digests).encode());
    }

    boolean isRevoked(Signed<Badge> badge) {
        var known = revoked(badge.content().customer());
        return badge.content().epoch() < known.epoch() || known.digests().contains(domain.digest(badge.content()));
    }

    private Revoked revoked(Address customer) {
        return store.get(file("revoked", customer)).map(Revoked::decode).orElse(Revoked.NOTHING);
    }

    /** What matters here of a company's list: its age, and which of this phone's badges it names. */
    private record Revoked(long version, long epoch, List<Hash> digests) {
        static final Revoked NOTHING = new Revoked(0, 0, List.of());

        byte[] encode() {
            var out = new ByteWriter().u64(version).u32(epoch).u16(digests.size());
            digests.forEach(out::hash);
            return out.toBytes();
        }

        static Revoked decode(byte[] bytes) {
            return ByteReader.whole(bytes, in -> {
                var version = in.u64();
                var epoch = in.u32();
                var digests = new ArrayList<Hash>();
                for (var left = in.u16(); left > 0; left--) {
                    digests.add(in.hash());
                }
                return new Revoked(version, epoch, digests);
            });
        }
    }

    private List<Address> customers() {
        return store.get(INDEX)
                .map(bytes -> {
                    var in = new ByteReader(bytes);
                    var customers = new ArrayList<Address>();
                    while (in.remaining() > 0) {
                        customers.add(in.address());
                    }
                    return List.copyOf(customers);
                })
                .orElse(List.of());
    }

    private void index(Collection<Address> customers) {
        var out = new ByteWriter();
        customers.forEach(out::address);
        store.put(INDEX, out.toBytes());
    }

    private static Company decode(byte[] bytes) {
        return ByteReader.whole(bytes, Company::read);
    }

    private static String file(String what, Address customer) {
        return what + "-" + customer.hex().substring(2);
    }
}
