package io.crema.cli.audit;

import io.crema.cli.onboarding.RentedMachine;
import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.events.ReceiptAccepted;
import io.crema.events.ReceiptRun;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A customer that drinks at its own machine and signs itself. Not thread-safe. */
public final class OneCustomer {
    private static final long NOON = 1_790_000_000L;

    private final SigningKey key;
    private final Address payee;
    private final ChannelId channel;
    private final MachineId machine;
    private final Domain domain;
    private ChannelHead head;

    OneCustomer(RentedMachine machine, Domain domain) {
        this(machine.customer().key(), Address.ZERO, machine.channel(), machine.machine(), domain);
    }

    OneCustomer(SigningKey key, Address payee, ChannelId channel, MachineId machine, Domain domain) {
        this.key = key;
        this.payee = payee;
        this.channel = channel;
        this.machine = machine;
        this.domain = domain;
        this.head = ChannelHead.start(channel);
    }

    /** One that is on no chain. */
    static OneCustomer named(String name, Domain domain) {
        var key = SigningKey.of(TypedData.keccak("customer " + name).bytes());
        var payee = SigningKey.of(TypedData.keccak("payee").bytes()).address();
        return new OneCustomer(key, payee, ChannelId.of(key.address(), payee, 1), MachineId.of(payee, name), domain);
    }

    public byte[] key() {
        return channel.bytes();
    }

    public ChannelId channel() {
        return channel;
    }

    Address address() {
        return key.address();
    }

    Address payee() {
        return payee;
    }

    public ChannelHead head() {
        return head;
    }

    /** The next cups, as the machine publishes them. */
    public ReceiptRun sell(int cups, long price) {
        List<SignedReceipt> run = new ArrayList<>();
        for (var i = 0; i < cups; i++) {
            run.add(next(price, "", key));
            head = ChannelHead.at(run.getLast().receipt().content());
        }
        return ReceiptRuns.toRecord(channel, run);
    }

    /** A next cup that nobody publishes, or another one with the same sequence; the channel does not move on. */
    SignedReceipt next(long price, String salt) {
        return next(price, salt, key);
    }

    /** A next cup that a stranger signed. */
    SignedReceipt forged(long price) {
        return next(price, "", SigningKey.of(TypedData.keccak("stranger").bytes()));
    }

    private SignedReceipt next(long price, String salt, SigningKey signer) {
        var sale = new Sale(
                machine,
                ProductId.named("Espresso"),
                Amount.of(price),
                Amount.ZERO,
                key.address(),
                1,
                NOON + head.sequence(),
                TypedData.keccak("salt " + head.sequence() + salt));
        return new SignedReceipt(TypedData.sign(head.next(sale), domain, signer), sale, Optional.empty());
    }

    /** As streams accepts it. */
    ReceiptAccepted accepted(SignedReceipt signed, Address toPayee) {
        Receipt receipt = signed.receipt().content();
        return new ReceiptAccepted(
                Convert.bytes32(channel),
                receipt.sequence(),
                Convert.decimal(receipt.total()),
                Convert.bytes32(receipt.history()),
                Convert.bytes32(domain.digest(receipt)),
                Convert.bytes32(signed.sale().structHash()),
                ReceiptRuns.toRecord(signed.sale()),
                Convert.bytes20(key.address()),
                Convert.bytes20(toPayee),
                true);
    }
}
