package io.crema.chain.stories;

import static io.crema.chain.stories.World.FAR;
import static io.crema.chain.stories.World.units;
import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.abi.Structs;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;

/** A rental's offer, its conclusion and its receipts. */
final class Rented {
    private static final Hash HISTORY = TypedData.keccak("history");

    private final World world;
    private final SigningKey employee =
            SigningKey.of(TypedData.keccak("employee").bytes());

    Rented(World world) {
        this.world = world;
    }

    /** The manufacturer's, for the customer. */
    Signed<Offer> offer(Terms terms, long nonce) {
        var offer = new Offer(
                world.manufacturer.address(),
                world.customer.address(),
                world.machine,
                terms,
                FAR,
                BigInteger.valueOf(nonce));
        return TypedData.sign(offer, world.contracts.rentalDomain(), world.manufacturer.key());
    }

    void conclude(Signed<Offer> offer, Amount funds) throws Exception {
        world.rental(world.customer)
                .conclude(
                        Structs.offer(offer.content()),
                        Structs.signature(offer.signature()),
                        funds.value(),
                        Structs.noPermit())
                .send();
    }

    /** Relayed by somebody else; signed by the employee under a badge, or by the customer. */
    void redeem(Signed<Offer> offer, long sequence, Amount total, boolean byEmployee) throws Exception {
        var domain = world.contracts.paymentDomain();
        var customer = world.customer.address();
        var index = offer.content().channelIndex();
        var channel = ChannelId.of(customer, world.manufacturer.address(), index);
        var receipt = TypedData.sign(
                new Receipt(channel, sequence, total, HISTORY), domain, byEmployee ? employee : world.customer.key());
        var payment = world.payment(world.arbiter);
        if (byEmployee) {
            var badge = new Badge(customer, employee.address(), Badge.ALL_CHANNELS, units(1_000), 0, 0, FAR);
            payment.redeemWithBadge(
                            world.manufacturer.hex(),
                            Structs.redemption(
                                    customer, index, receipt, TypedData.sign(badge, domain, world.customer.key())))
                    .send();
        } else {
            payment.redeem(world.manufacturer.hex(), Structs.redemption(customer, index, receipt))
                    .send();
        }
        assertThat(payment.channels(channel.bytes()).send().component2()).isEqualTo(total.value());
    }

    static BigInteger index(Signed<Offer> offer) {
        return BigInteger.valueOf(offer.content().channelIndex());
    }
}
