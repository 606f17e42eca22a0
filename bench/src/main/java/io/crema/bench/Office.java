package io.crema.bench;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning;
import io.crema.edge.Provisioning.PricedTariff;
import io.crema.edge.journal.AppendLog;
import io.crema.edge.node.Caps;
import io.crema.edge.node.EdgeNode;
import io.crema.edge.node.Knowledge;
import io.crema.edge.node.Ledger;
import io.crema.edge.node.NodeClock;
import io.crema.edge.node.Press;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.world.SimulatedHardware;
import io.crema.phone.Company;
import io.crema.phone.MemoryWalletStore;
import io.crema.phone.PhoneCard;
import io.crema.phone.Wallet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One machine and one employee's phone, alike from call to call. Not thread-safe. */
final class Office implements AutoCloseable {
    private static final ProductId ESPRESSO = ProductId.named("Espresso");
    private static final Address TOKEN = Samples.key("token").address();
    static final SigningKey MACHINE_KEY = Samples.key("machine");

    private final InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(Samples.NOON));
    private final Random random = new Random(42);
    private final Ledger ledger;
    private final EdgeNode node;
    private final PhoneCard phone;

    Office(AppendLog journal) {
        var told = provisioning();
        ledger = new Ledger(journal, Samples.CHANNEL);
        node = new EdgeNode(
                Knowledge.inMemory(() -> told),
                MACHINE_KEY,
                ledger,
                new SimulatedHardware(),
                NodeClock.told(clock),
                random,
                Caps.NONE);
        var wallet = new Wallet(Samples.EMPLOYEE, Samples.PAYMENT, new MemoryWalletStore(), clock, random);
        wallet.join(Company.of(TypedData.sign(Samples.badge(Samples.EMPLOYEE), Samples.PAYMENT, Samples.CUSTOMER)));
        phone = new PhoneCard(wallet);
    }

    /** One press and one tap, which must end in a cup. */
    SignedReceipt sell() {
        try {
            return sell(phone::process);
        } finally {
            phone.deactivated();
        }
    }

    /** The employee's phone, to be held to a reader. */
    PhoneCard phone() {
        return phone;
    }

    /** One press and one tap over this link, which must end in a cup. */
    SignedReceipt sell(TapLink link) {
        var attempt = new byte[Hash.LENGTH];
        random.nextBytes(attempt);
        var outcome = node.press(new Press(ESPRESSO, Hash.of(attempt)), link);
        if (outcome instanceof TapOutcome.Served served) {
            return served.receipt();
        }
        throw new IllegalStateException("the tap should have ended in a cup and ended in " + outcome);
    }

    @Override
    public void close() {
        ledger.close();
    }

    /** The machine's papers. */
    static Provisioning provisioning() {
        var placement = new Placement(
                Samples.CHANNEL, Samples.MACHINE, MACHINE_KEY.address(), TOKEN, 6, Samples.NOON + 31_536_000);
        return new Provisioning(
                Samples.MACHINE,
                "CM-1",
                Domains.of(31337, Samples.PAYMENT.verifyingContract(), TOKEN, TOKEN),
                Samples.CUSTOMER.address(),
                Samples.MANUFACTURER.address(),
                7,
                TOKEN,
                6,
                Amount.MAX,
                3 * 24 * 60,
                TypedData.sign(placement, Samples.PAYMENT, Samples.CUSTOMER),
                List.of(tariff()),
                Map.of(ESPRESSO, "Espresso"),
                1,
                Address.ZERO);
    }

    private static PricedTariff tariff() {
        var prices = new TreeMap<>(Map.of(ESPRESSO, Amount.of(1_500_000)));
        var tariff = new Tariff(Samples.MACHINE, 1, Samples.NOON - 3600, new TariffItems(prices).root());
        return new PricedTariff(TypedData.sign(tariff, Samples.PAYMENT, Samples.MANUFACTURER), prices);
    }
}
