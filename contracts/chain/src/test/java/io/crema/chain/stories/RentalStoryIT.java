package io.crema.chain.stories;

import static io.crema.chain.stories.World.FAR;
import static io.crema.chain.stories.World.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.abi.Structs;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.contracts.typed.SupplyAgreement;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.typed.Verdict;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.DowntimeId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.OrderId;
import io.crema.contracts.value.ShipmentId;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the offer to the last withdrawal, with delivery and downtime, balances to the unit. */
final class RentalStoryIT {
    private static final byte[] NOTHING = new byte[32];
    private static final long HOUR = 3_600;
    private static final long DAY = 86_400;

    private World world;
    private Rented rented;

    @BeforeEach
    void begin() throws Exception {
        world = new World();
        rented = new Rented(world);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void shouldTellTheStoryOfARental() throws Exception {
        world.fund(world.customer, world.contracts.paymentProvider(), units(100));
        world.fund(world.manufacturer, world.contracts.rentalProvider(), units(230));
        var manufacturers = world.rental(world.manufacturer);
        var customers = world.rental(world.customer);
        manufacturers.deposit(world.manufacturer.hex(), units(230).value()).send();
        var offer = rented.offer(terms(), 7);
        var signed = Structs.offer(offer.content());
        var rental = world.contracts.rentalDomain().digest(offer.content());
        rented.conclude(offer, units(100));

        // the supplier brings the machine, and the rental begins
        var order = deliverMachine(rental);
        manufacturers.begin(signed, world.customer.hex(), order.bytes()).send();
        var begun = world.now();

        // coffee for 30: receipts of the employee and of the customer's own key
        rented.redeem(offer, 1, units(18), true);
        rented.redeem(offer, 2, units(30), false);

        // three hours down by the machine's own word, then five that the manufacturer disputes in vain
        world.pass(Duration.ofDays(1));
        creditDowntime(signed, rental, begun + HOUR, begun + 4 * HOUR);
        disputeDowntime(signed, rental, begun + 5 * HOUR, begun + 10 * HOUR);
        assertThat(customers.balanceOf(world.customer.hex()).send())
                .isEqualTo(units(3 * 2 + 5 * 2 + 5 * 2).value());

        // it ends after its minimum term; machine, bond and credit go back
        customers.terminate(signed, world.customer.hex()).send();
        var endsAt = customers.rentals(rental.bytes()).send().endsAt.longValueExact();
        assertThat(endsAt).isEqualTo(begun + 180 * DAY);
        customers.handOver(signed, world.customer.hex()).send();
        manufacturers.confirmReturn(signed, world.customer.hex()).send();
        assertThatThrownBy(() ->
                        manufacturers.releaseBond(signed, world.customer.hex()).send())
                .isInstanceOf(Exception.class);
        world.nextBlockAt(endsAt + 30 * DAY);
        manufacturers.releaseBond(signed, world.customer.hex()).send();
        world.payment(world.manufacturer)
                .close(world.customer.hex(), world.manufacturer.hex(), Rented.index(offer))
                .send();

        customers.withdraw(units(26).value(), world.customer.hex()).send();
        manufacturers
                .withdraw(manufacturers.balanceOf(world.manufacturer.hex()).send(), world.manufacturer.hex())
                .send();
        world.payment(world.customer).withdraw(world.customer.hex()).send();
        world.payment(world.manufacturer).withdraw(world.manufacturer.hex()).send();
        world.assertHolds(world.customer, units(70 + 26));
        world.assertHolds(world.manufacturer, units(30 + 230 - 26));
        world.assertHolds(world.supplier, units(40));
        world.assertHolds(world.contracts.paymentProvider(), Amount.ZERO);
        world.assertHolds(world.contracts.rentalProvider(), Amount.ZERO);
        world.assertHolds(world.contracts.supplyProvider(), Amount.ZERO);
    }

    private Terms terms() {
        return new Terms(
                world.contracts.token(),
                units(50),
                7 * DAY,
                180 * DAY,
                30 * DAY,
                units(2),
                units(40),
                units(200),
                TypedData.keccak("document"));
    }

    /** The manufacturer pays 40 for it; the customer says that it is there. */
    private OrderId deliverMachine(Hash rental) throws Exception {
        world.fund(world.manufacturer, world.contracts.supplyProvider(), units(40));
        var terms = new SupplyAgreement(
                world.manufacturer.address(),
                world.supplier.address(),
                TypedData.keccak("a machine"),
                units(40),
                1,
                3 * DAY,
                units(1),
                units(5),
                DAY,
                units(10),
                FAR,
                BigInteger.ONE,
                TypedData.keccak("document"));
        var agreement = Supplied.agree(world, terms, world.manufacturer);
        var buyer = world.supply(world.manufacturer);
        buyer.deposit(world.manufacturer.hex(), units(40).value()).send();
        var order = OrderId.of(agreement, Hash.ZERO);
        buyer.order(agreement.bytes(), NOTHING, BigInteger.ONE, NOTHING, rental.bytes(), world.customer.hex())
                .send();
        var supplier = world.supply(world.supplier);
        supplier.ship(order.bytes(), BigInteger.ONE, NOTHING).send();
        world.supply(world.customer)
                .confirm(ShipmentId.of(order, 1).bytes(), BigInteger.ONE)
                .send();
        supplier.withdraw(units(40).value(), world.supplier.hex()).send();
        return order;
    }

    private void creditDowntime(RentalProvider.Offer offer, Hash rental, long from, long until) throws Exception {
        var claim = DowntimeId.of(rental, from, until);
        var down = world.attest(world.machineKey, world.contracts.rentalDomain(), Verdict.DOWN, claim.value());
        world.rental(world.customer)
                .claimAttestedDowntime(
                        offer,
                        world.customer.hex(),
                        BigInteger.valueOf(from),
                        BigInteger.valueOf(until),
                        Structs.attestation(down.content()),
                        Structs.signature(down.signature()))
                .send();
    }

    private void disputeDowntime(RentalProvider.Offer offer, Hash rental, long from, long until) throws Exception {
        var claim = DowntimeId.of(rental, from, until);
        world.rental(world.customer)
                .claimDowntime(
                        offer, world.customer.hex(), BigInteger.valueOf(from), BigInteger.valueOf(until), NOTHING)
                .send();
        world.rental(world.manufacturer).disputeDowntime(claim.bytes()).send();
        var ruling =
                world.attest(world.arbiter.key(), world.contracts.rentalDomain(), Verdict.FOR_CREDITOR, claim.value());
        world.rental(world.customer)
                .ruleBySignature(
                        world.arbiter.hex(),
                        Structs.attestation(ruling.content()),
                        Structs.signature(ruling.signature()))
                .send();
    }
}
