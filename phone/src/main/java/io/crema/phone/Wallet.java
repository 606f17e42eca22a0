package io.crema.phone;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.Proposal;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * An employee's key, badges, limits and receipts. What it keeps is durable before it is used: a signature leaves the
 * phone only after the receipt is stored. Not thread-safe: one tap at a time; another process on the same store may
 * change badges, limits and consents between two taps.
 */
public final class Wallet {
    /** How long a price that a machine asked for may be agreed to. */
    public static final long SECONDS_TO_CONFIRM = 600;

    /** How long the employee has after that to hold the phone to the machine again. */
    public static final long SECONDS_TO_TAP_AGAIN = 120;

    private final WalletKey key;
    private final Domain domain;
    private final WalletStore store;
    private final InstantSource clock;
    private final Nonces nonces;
    private final Companies companies;
    private final Spending spending;
    private final PastSales sales;
    private final ProductNames names;

    /** @param domain the payment domain */
    public Wallet(WalletKey key, Domain domain, WalletStore store, InstantSource clock, Nonces nonces) {
        this.key = key;
        this.domain = domain;
        this.store = store;
        this.clock = clock;
        this.nonces = nonces;
        companies = new Companies(store, domain, key.address());
        spending = new Spending(store, clock);
        sales = new PastSales(store);
        names = new ProductNames(store);
    }

    /**
     * A wallet with its key in memory.
     *
     * @param random cryptographically strong: makes the nonces
     */
    public Wallet(SigningKey key, Domain domain, WalletStore store, InstantSource clock, RandomGenerator random) {
        this(WalletKey.of(key), domain, store, clock, random::nextBytes);
    }

    /**
     * Takes a badge, or replaces the company's earlier one.
     *
     * @throws IllegalArgumentException when the badge is not for this phone, not the company's, revoked, or of an older
     *     epoch than the one it would replace
     */
    public void join(Company company) {
        companies.join(company);
    }

    /** Forgets the company's badge; its receipts stay. */
    public void leave(Address customer) {
        companies.leave(customer);
    }

    /**
     * Takes a company's list of revoked badges, so that this phone says itself why it does not pay.
     *
     * @param badges digests of the revoked badges
     * @throws IllegalArgumentException when the list is not the company's or older than before
     */
    public void revoke(Signed<Revocations> list, Collection<Hash> badges) {
        companies.revoke(list, badges);
    }

    /** In the order of their addresses. */
    public List<Company> companies() {
        return companies.all();
    }

    /** Whether the company has revoked this badge, or all of its epoch. */
    public boolean isRevoked(Signed<Badge> badge) {
        return companies.isRevoked(badge);
    }

    public void limit(Limits chosen) {
        spending.limit(chosen);
    }

    public Limits limits() {
        return spending.limits();
    }

    /** What was signed for on this UTC day; counted only while there is a limit for a day. */
    public Amount spentToday() {
        return spending.spentToday();
    }

    /** Lets the wallet pay until then, where its limits ask for unlocking. */
    public void unlock(Instant until) {
        spending.unlock(until.getEpochSecond());
    }

    public void lock() {
        spending.lock();
    }

    /** When the wallet locks itself; empty when it is locked. Says nothing where the limits ask for no unlocking. */
    public Optional<Instant> unlockedUntil() {
        return Optional.of(spending.unlockedUntil()).filter(it -> it > 0).map(Instant::ofEpochSecond);
    }

    public boolean isLocked() {
        return key.isLocked() || (limits().onlyUnlocked() && spending.unlockedUntil() == 0);
    }

    /** What a machine asked for and the employee has not answered yet. */
    public Optional<Purchase> asked() {
        return spending.asked();
    }

    /**
     * The employee agrees: exactly this may be signed once, within {@link #SECONDS_TO_TAP_AGAIN}.
     *
     * @return false when it is not what was asked for last, or was asked too long ago
     */
    public boolean confirm(Purchase shown) {
        return spending.agree(shown);
    }

    /** The employee does not agree. */
    public void decline() {
        spending.decline();
    }

    /** The last sales that this phone signed, newest first; at most 20. */
    public List<PastSale> sales() {
        return sales.all();
    }

    /** The product's name where it is known. */
    public Optional<String> name(ProductId product) {
        return names.of(product);
    }

    /** Names that products may have; what fits no product does no harm. */
    public void learnNames(Collection<String> products) {
        names.learn(products);
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
        nonces.fill(bytes);
        return Hash.of(bytes);
    }

    Optional<Company> company(Address customer) {
        return companies.of(customer);
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

    Optional<Signed<Tariff>> tariff(Address payee, MachineId machine) {
        return store.get(tariffOf(payee, machine)).map(bytes -> ByteReader.whole(bytes, ByteReader::tariff));
    }

    void keepTariff(Address payee, Signed<Tariff> tariff) {
        store.put(
                tariffOf(payee, tariff.content().machine()),
                new ByteWriter().tariff(tariff).toBytes());
    }

    /** By its signer, too: whom another company pays must not set the prices of a machine that is not its own. */
    private static String tariffOf(Address payee, MachineId machine) {
        return "tariff-%s-%s".formatted(name(machine.value()), payee.hex().substring(2));
    }

    void keep(OwnReceipt receipt) {
        store.put(
                "receipt-"
                        + name(receipt.receipt().receipt().content().channel().value()),
                receipt.encode());
        sales.add(receipt);
    }

    /** Whether the employee's own rules let this sale be signed; asks the employee where it is the price. */
    TapStatus allows(ChannelId channel, Sale sale, Optional<OwnReceipt> replaced) {
        return key.isLocked() ? TapStatus.LOCKED : spending.judge(channel, sale, replaced);
    }

    /**
     * Signs, after what is signed is stored.
     *
     * @throws TapRefusedException when the key has been locked meanwhile; nothing is stored then
     */
    OwnReceipt sign(Proposal proposal, Company company, Optional<OwnReceipt> replaced) throws TapRefusedException {
        var receipt = proposal.receipt();
        var sale = proposal.sale();
        var digest = domain.digest(receipt);
        var signature = key.sign(digest).orElseThrow(() -> new TapRefusedException(TapStatus.LOCKED));
        spending.spend(receipt.channel(), sale, replaced);
        var signed = new SignedReceipt(new Signed<>(receipt, signature), sale, company.badge());
        var before = newest(receipt.channel()).flatMap(OwnReceipt::counted);
        var own = new OwnReceipt(signed, digest, proposal.offered(), false, before);
        keep(own);
        return own;
    }

    private static String name(Hash hash) {
        return hash.hex().substring(2);
    }
}
