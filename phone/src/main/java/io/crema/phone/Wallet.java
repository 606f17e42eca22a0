package io.crema.phone;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.Proposal;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * An employee's key, badges, limits and receipts. What it keeps is durable before it is used: a signature leaves the
 * phone only after the receipt is stored. Not thread-safe: one tap at a time.
 */
public final class Wallet {
    private static final long SECONDS_OF_A_DAY = 86_400;

    private final SigningKey key;
    private final Domain domain;
    private final WalletStore store;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<Address, Company> companies = new HashMap<>();
    private Limits limits = Limits.NONE;
    private Amount confirmed = Amount.ZERO;

    /**
     * @param domain the payment domain
     * @param random cryptographically strong: makes the nonces
     */
    public Wallet(SigningKey key, Domain domain, WalletStore store, InstantSource clock, RandomGenerator random) {
        this.key = key;
        this.domain = domain;
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** Takes a badge, or replaces the company's earlier one. */
    public void join(Company company) {
        company.badge().ifPresent(badge -> {
            if (!badge.content().employee().equals(key.address())) {
                throw new IllegalArgumentException("the badge is for key %s, this phone's key is %s"
                        .formatted(badge.content().employee(), key.address()));
            }
        });
        companies.put(company.customer(), company);
    }

    public void limit(Limits chosen) {
        limits = chosen;
    }

    /** The employee agrees to one price of at most this, whatever the limit for asking. */
    public void confirm(Amount price) {
        confirmed = price;
    }

    public Address address() {
        return key.address();
    }

    /** The newest receipt signed by this phone in the channel. */
    public Optional<OwnReceipt> newest(ChannelId channel) {
        return store.get("receipt-" + name(channel.value())).map(OwnReceipt::decode);
    }

    Domain domain() {
        return domain;
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    Hash nonce() {
        var bytes = new byte[Hash.LENGTH];
        random.nextBytes(bytes);
        return Hash.of(bytes);
    }

    Optional<Company> company(Address customer) {
        return Optional.ofNullable(companies.get(customer));
    }

    Optional<Signed<Placement>> placement(ChannelId channel) {
        return store.get("placement-" + name(channel.value()))
                .map(bytes -> ByteReader.whole(bytes, ByteReader::placement));
    }

    void keep(Signed<Placement> placement) {
        store.put(
                "placement-" + name(placement.content().channel().value()),
                new ByteWriter().placement(placement).toBytes());
    }

    Optional<Signed<Tariff>> tariff(MachineId machine) {
        return store.get("tariff-" + name(machine.value())).map(bytes -> ByteReader.whole(bytes, ByteReader::tariff));
    }

    void keepTariff(Signed<Tariff> tariff) {
        store.put(
                "tariff-" + name(tariff.content().machine().value()),
                new ByteWriter().tariff(tariff).toBytes());
    }

    void keep(OwnReceipt receipt) {
        store.put(
                "receipt-"
                        + name(receipt.receipt().receipt().content().channel().value()),
                receipt.encode());
    }

    /** Whether the employee's own limits let this sale be signed. */
    TapStatus allows(Sale sale, Optional<OwnReceipt> replaced) {
        if (sale.price().exceeds(limits.withoutAsking()) && sale.price().exceeds(confirmed)) {
            return TapStatus.MUST_CONFIRM;
        }
        if (limits.perDay().equals(Amount.MAX)) {
            return TapStatus.OK;
        }
        var spent = spentToday()
                .minusOrZero(replaced.map(it -> paid(it.receipt().sale())).orElse(Amount.ZERO));
        return paid(sale).exceeds(limits.perDay().minusOrZero(spent)) ? TapStatus.LIMIT_REACHED : TapStatus.OK;
    }

    /** Signs, after what is signed is stored. */
    OwnReceipt sign(Proposal proposal, Company company, Optional<OwnReceipt> replaced) {
        var receipt = proposal.receipt();
        var sale = proposal.sale();
        if (!limits.perDay().equals(Amount.MAX)) {
            var rest = spentToday()
                    .minusOrZero(replaced.map(it -> paid(it.receipt().sale())).orElse(Amount.ZERO));
            store.put(
                    "spent",
                    new ByteWriter().u64(today()).amount(rest.plus(paid(sale))).toBytes());
        }
        var signed = TypedData.sign(receipt, domain, key);
        var own = new OwnReceipt(
                new SignedReceipt(signed, sale, company.badge()), domain.digest(receipt), proposal.offered(), false);
        keep(own);
        confirmed = Amount.ZERO;
        return own;
    }

    private Amount spentToday() {
        return store.get("spent")
                .map(ByteReader::new)
                .filter(in -> in.u64() == today())
                .map(ByteReader::amount)
                .orElse(Amount.ZERO);
    }

    private long today() {
        return now() / SECONDS_OF_A_DAY;
    }

    private static Amount paid(Sale sale) {
        return sale.price().minusOrZero(sale.credit());
    }

    private static String name(Hash hash) {
        return hash.hex().substring(2);
    }
}
