package io.crema.streams;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One channel with a customer, an employee and a machine that sells to her. */
public final class Sales {
    public static final Domain PAYMENT =
            new Domain(31337, Address.fromHex("0x5fbdb2315678afecb367f032d93f642f64180aa3"));
    public static final long NOON = 1_790_000_000L;

    public final SigningKey customer;
    public final SigningKey employee = key("employee");
    public final Address payee = key("payee").address();
    public final MachineId machine = MachineId.of(payee, "A-1");
    public final ChannelId channel;
    public final long index;
    public Signed<Badge> badge;
    public ChannelHead head;
    private int sold;

    public Sales() {
        this(0);
    }

    public Sales(long index) {
        this.index = index;
        this.customer = key("customer");
        this.channel = ChannelId.of(customer.address(), payee, index);
        this.head = ChannelHead.start(channel);
        this.badge = badge(employee.address(), Amount.MAX, 0, customer);
    }

    public static SigningKey key(String name) {
        return SigningKey.of(TypedData.keccak("streams test key " + name).bytes());
    }

    public Signed<Badge> badge(Address who, Amount cap, long epoch, SigningKey signer) {
        var content = new Badge(customer.address(), who, channel, cap, epoch, NOON - 3_600, NOON + 30 * 86_400);
        return TypedData.sign(content, PAYMENT, signer);
    }

    public Sale sale(long price) {
        return saleAt(price, NOON + sold);
    }

    public Sale saleAt(long price, long time) {
        sold++;
        return new Sale(
                machine,
                ProductId.named("Espresso"),
                Amount.of(price),
                Amount.ZERO,
                employee.address(),
                1,
                time,
                TypedData.keccak("salt " + sold));
    }

    /** The next receipt; the head moves on. */
    public SignedReceipt sell(long price) {
        return sell(sale(price), employee, badge);
    }

    public SignedReceipt sell(Sale sale, SigningKey signer, Signed<Badge> with) {
        var signed = receipt(sale, signer, with);
        head = ChannelHead.at(signed.receipt().content());
        return signed;
    }

    /** A receipt that could come next; the head stays. */
    public SignedReceipt receipt(Sale sale, SigningKey signer, Signed<Badge> with) {
        return new SignedReceipt(TypedData.sign(head.next(sale), PAYMENT, signer), sale, Optional.of(with));
    }

    public List<SignedReceipt> sellMany(int count, long price) {
        List<SignedReceipt> run = new ArrayList<>();
        for (var i = 0; i < count; i++) {
            run.add(sell(price));
        }
        return run;
    }
}
