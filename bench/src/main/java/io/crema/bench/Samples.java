package io.crema.bench;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One channel with a run of receipts, the same each time. */
final class Samples {
    /** How many receipts a run has: what a machine sends after some hours without a network. */
    static final int RUN = 128;

    static final long NOON = 1_790_000_000L;
    static final Domain PAYMENT = new Domain(31337, Address.fromHex("0x5fbdb2315678afecb367f032d93f642f64180aa3"));
    static final SigningKey CUSTOMER = key("customer");
    static final SigningKey MANUFACTURER = key("manufacturer");
    static final SigningKey EMPLOYEE = key("employee");
    static final ChannelId CHANNEL = ChannelId.of(CUSTOMER.address(), MANUFACTURER.address(), 7);
    static final MachineId MACHINE = MachineId.of(MANUFACTURER.address(), "CM-1");

    private Samples() {}

    static SigningKey key(String name) {
        return SigningKey.of(TypedData.keccak("crema benchmark key " + name).bytes());
    }

    /** A badge of the customer that lets the key pay for everything. */
    static Badge badge(SigningKey employee) {
        return new Badge(
                CUSTOMER.address(),
                employee.address(),
                Badge.ALL_CHANNELS,
                Amount.MAX,
                1,
                NOON - 86_400,
                NOON + 31_536_000);
    }

    /** The first receipts of the channel, in order, each signed by the employee. */
    static List<SignedReceipt> run() {
        var badge = Optional.of(TypedData.sign(badge(EMPLOYEE), PAYMENT, CUSTOMER));
        var head = ChannelHead.start(CHANNEL);
        List<SignedReceipt> run = new ArrayList<>();
        for (var cup = 1; cup <= RUN; cup++) {
            var sale = new Sale(
                    MACHINE,
                    ProductId.named("Espresso"),
                    Amount.of(1_500_000),
                    Amount.ZERO,
                    EMPLOYEE.address(),
                    1,
                    NOON + 60L * cup,
                    TypedData.keccak("salt " + cup));
            var receipt = head.next(sale);
            run.add(new SignedReceipt(TypedData.sign(receipt, PAYMENT, EMPLOYEE), sale, badge));
            head = ChannelHead.at(receipt);
        }
        return List.copyOf(run);
    }
}
