package io.crema.simulation.chain;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Calls of all kinds by a few people, right and wrong ones, near the borders of what is allowed. */
final class RandomCalls {
    private static final int INDEXES = 3;

    private final Random random;
    private final Domain domain;
    private final Address opener;
    private final List<SigningKey> people;

    RandomCalls(Random random, Domain domain, Address opener, int people) {
        this.random = random;
        this.domain = domain;
        this.opener = opener;
        this.people = IntStream.range(0, people)
                .mapToObj(number ->
                        SigningKey.of(TypedData.keccak("person " + number).bytes()))
                .toList();
    }

    List<Address> everybody() {
        return people.stream().map(SigningKey::address).toList();
    }

    record Step(Address sender, PaymentCall call) {}

    /** @param now the time of the block it will be in */
    Step next(long now) {
        var sender = address();
        var call = call(now);
        return new Step(call instanceof PaymentCall.Open && random.nextInt(20) > 0 ? opener : sender, call);
    }

    private PaymentCall call(long now) {
        var customer = address();
        var payee = people.getFirst().address();
        return switch (random.nextInt(20)) {
            case 0, 1 -> new PaymentCall.Open(customer, payee, index(), amount(2_000), random.nextInt(70));
            case 2, 3 -> new PaymentCall.TopUp(customer, payee, index(), topUp());
            case 4, 5, 6, 7, 8, 9 -> new PaymentCall.Redeem(payee, row(now));
            case 10, 11, 12, 13 -> new PaymentCall.RedeemMany(payee, rows(now));
            case 14 -> new PaymentCall.RequestClose(payee, index());
            case 15 -> new PaymentCall.Close(customer, payee, index());
            case 16 -> new PaymentCall.Withdraw(random.nextInt(8) == 0 ? Address.ZERO : address());
            case 17 -> new PaymentCall.RaiseEpoch(random.nextInt(6));
            case 18 -> new PaymentCall.SetSigner(random.nextInt(3) == 0 ? Address.ZERO : address());
            default -> new PaymentCall.Redeem(payee, row(now));
        };
    }

    private List<PaymentCall.Row> rows(long now) {
        List<PaymentCall.Row> rows = new ArrayList<>();
        for (var i = random.nextInt(5); i > 0; i--) {
            rows.add(row(now));
        }
        rows.sort(Comparator.comparing(row -> row.badge().isPresent()));
        return rows;
    }

    private PaymentCall.Row row(long now) {
        var payee = people.getFirst().address();
        var customer = person();
        var index = index();
        var channel = ChannelId.of(customer.address(), payee, index);
        var receipt = new Receipt(channel, 1 + random.nextInt(50), amount(4_000), TypedData.keccak("history"));
        if (random.nextBoolean()) {
            return new PaymentCall.Row(customer.address(), index, signed(receipt, mostly(customer)), Optional.empty());
        }
        var employee = person();
        var badge = new Badge(
                customer.address(),
                employee.address(),
                random.nextInt(4) > 0 ? Badge.ALL_CHANNELS : random.nextInt(4) > 0 ? channel : new ChannelId(Hash.ZERO),
                random.nextInt(4) > 0 ? Amount.MAX : amount(4_000),
                random.nextInt(5),
                now + random.nextInt(20) - 18,
                Math.max(0, now - random.nextInt(4_000) + 400));
        return new PaymentCall.Row(
                customer.address(),
                index,
                signed(receipt, mostly(employee)),
                Optional.of(signed(badge, mostly(customer))));
    }

    private <T extends TypedData> Signed<T> signed(T content, SigningKey key) {
        return TypedData.sign(content, domain, key);
    }

    private SigningKey mostly(SigningKey key) {
        return random.nextInt(8) > 0 ? key : person();
    }

    private Amount topUp() {
        return switch (random.nextInt(12)) {
            case 0 -> Amount.ZERO;
            case 1 -> Amount.MAX;
            default -> amount(3_000);
        };
    }

    private Amount amount(int most) {
        return Amount.of(random.nextInt(most));
    }

    private long index() {
        return random.nextInt(INDEXES);
    }

    private Address address() {
        return person().address();
    }

    private SigningKey person() {
        return people.get(random.nextInt(people.size()));
    }
}
