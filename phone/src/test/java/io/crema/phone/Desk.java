package io.crema.phone;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.Greeting;
import io.crema.contracts.tap.Hello;
import io.crema.contracts.tap.Offered;
import io.crema.contracts.tap.Proof;
import io.crema.contracts.tap.Proposal;
import io.crema.contracts.tap.TapDialogue;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.tap.TapProtocol;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A machine at a desk that says whatever a test wants; what it does not change is right. */
final class Desk {
    static final long NOW = 1_800_000_000L;
    static final ProductId ESPRESSO = ProductId.named("Espresso");
    static final TariffItems ITEMS =
            new TariffItems(Map.of(ESPRESSO, Amount.of(150), ProductId.named("Latte"), Amount.of(250)));

    final Random random = new Random(5);
    final SigningKey manufacturer = SigningKey.generate(random);
    final SigningKey customer = SigningKey.generate(random);
    final SigningKey machineKey = SigningKey.generate(random);
    final SigningKey employee = SigningKey.generate(random);
    final SigningKey colleague = SigningKey.generate(random);
    final Domain domain = new Domain(31337, manufacturer.address());
    final MachineId machine = MachineId.of(manufacturer.address(), "CM-1");
    final ChannelId channel = ChannelId.of(customer.address(), manufacturer.address(), 3);
    final MemoryWalletStore store = new MemoryWalletStore();
    Instant now = Instant.ofEpochSecond(NOW);
    final Wallet wallet = new Wallet(employee, domain, store, () -> now, random);
    final List<TapStatus> refused = new ArrayList<>();
    final PhoneCard card = new PhoneCard(wallet, new TapWatcher() {
        @Override
        public void refused(TapStatus status) {
            refused.add(status);
        }
    });
    TapLink link = card::process;

    // what the machine says
    int offered = 1;
    Address customerSaid = customer.address();
    SigningKey payeeSaid = manufacturer;
    MachineId machineSaid = machine;
    SigningKey helloKey = machineKey;
    SigningKey offerKey = machineKey;
    int helloOffered = 1;
    Optional<Signed<Placement>> placement = Optional.of(sign(placementUntil(NOW + 1000), customer));
    Optional<Signed<Tariff>> tariff = Optional.of(sign(tariff(3), manufacturer));
    Optional<Proposal.Previous> previous = Optional.empty();
    Sale sale = sale(150, 0, NOW);
    List<Hash> priceProof = ITEMS.proof(ESPRESSO);
    ChannelHead head = ChannelHead.start(channel);
    Optional<Receipt> receipt = Optional.empty();

    Desk() {
        wallet.join(Company.of(sign(badge(employee, 10_000), customer)));
    }

    <T extends TypedData> Signed<T> sign(T content, SigningKey key) {
        return TypedData.sign(content, domain, key);
    }

    Badge badge(SigningKey key, long maxTotal) {
        return new Badge(
                customer.address(),
                key.address(),
                Badge.ALL_CHANNELS,
                Amount.of(maxTotal),
                1,
                NOW - 500,
                NOW + 100_000);
    }

    Placement placementUntil(long validUntil) {
        return new Placement(channel, machine, machineKey.address(), customer.address(), 6, validUntil);
    }

    Tariff tariff(long version) {
        return new Tariff(machine, version, NOW - 100, ITEMS.root());
    }

    Sale sale(long price, long credit, long time) {
        return new Sale(machine, ESPRESSO, Amount.of(price), Amount.of(credit), employee.address(), 3, time, nonce());
    }

    Hash nonce() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Hash.of(bytes);
    }

    Receipt proposed() {
        return receipt.orElseGet(() -> head.next(sale));
    }

    /** Shows this as the channel's newest receipt, and goes on from it. */
    void previousBy(SigningKey key, Optional<Signed<Badge>> badge, Receipt content) {
        previous = Optional.of(new Proposal.Previous(sign(content, key), badge));
        head = ChannelHead.at(content);
    }

    /** The whole tap up to the signature. */
    Signature tap() throws TapRefusedException, TapLostException {
        var dialogue = new TapDialogue(link);
        dialogue.select();
        var greeting = new Greeting(offered, customerSaid, payeeSaid.address(), 3, machineSaid, nonce());
        var phone = Greeting.Answer.decode(dialogue.exchange(TapProtocol.HELLO, greeting.encode()));
        var hello = new Hello(
                helloOffered,
                phone.chosen(),
                greeting.channel(),
                machineSaid,
                phone.employee(),
                greeting.nonce(),
                phone.nonce());
        dialogue.exchange(TapProtocol.PROVE, new Proof(sign(hello, helloKey).signature(), placement).encode());
        var digest = domain.digest(proposed());
        var offered = sign(new Offered(digest, sale.structHash()), offerKey).signature();
        dialogue.exchange(
                TapProtocol.PUT, new Proposal(sale, proposed(), offered, priceProof, tariff, previous).encode());
        return Signature.of(dialogue.exchange(TapProtocol.SIGN, digest.bytes()));
    }

    /** A tap up to the signature; empty when it was signed. */
    Optional<TapStatus> refusal() {
        try {
            tap();
            return Optional.empty();
        } catch (TapRefusedException e) {
            return TapStatus.of(e.statusWord());
        } catch (TapLostException e) {
            throw new AssertionError(e);
        }
    }

    /** Pours: the receipt just signed counts, and the next sale of that price follows it. */
    void poured(long nextPrice) throws TapRefusedException, TapLostException {
        commit();
        previousBy(employee, Optional.of(sign(badge(employee, 10_000), customer)), proposed());
        sale = sale(nextPrice, 0, now.getEpochSecond());
    }

    /** The product of that price. */
    void press(ProductId product, long price) {
        sale = new Sale(
                machine, product, Amount.of(price), Amount.ZERO, employee.address(), 3, now.getEpochSecond(), nonce());
        priceProof = ITEMS.proof(product);
    }

    void commit() throws TapRefusedException, TapLostException {
        commit(card::process);
    }

    void commit(TapLink phone) throws TapRefusedException, TapLostException {
        new TapDialogue(phone)
                .exchange(TapProtocol.COMMIT, domain.digest(proposed()).bytes());
    }
}
