package io.crema.chain.stories;

import static io.crema.chain.stories.World.FAR;
import static io.crema.chain.stories.World.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.abi.SupplyStructs;
import io.crema.contracts.typed.SupplyAgreement;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.typed.Verdict;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.OrderId;
import io.crema.contracts.value.ShipmentId;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ordered by machine and by customer, in parts, late, cancelled and disputed, balances to the unit. */
final class SupplyStoryIT {
    private static final Hash HISTORY = TypedData.keccak("history");
    private static final byte[] NOTHING = new byte[32];
    private static final long DAY = 86_400;

    private World world;

    @BeforeEach
    void begin() throws Exception {
        world = new World();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void shouldTellTheStoryOfSupplies() throws Exception {
        world.fund(world.customer, world.contracts.supplyProvider(), units(500));
        var customer = world.supply(world.customer);
        var supplier = world.supply(world.supplier);
        customer.deposit(world.customer.hex(), units(500).value()).send();
        var terms = new SupplyAgreement(
                world.customer.address(),
                world.supplier.address(),
                TypedData.keccak("coffee beans, 1 kg"),
                units(18),
                40,
                3 * DAY,
                units(2),
                units(10),
                DAY,
                units(15),
                FAR,
                BigInteger.ONE,
                TypedData.keccak("document"));
        var agreement = Supplied.agree(world, terms, world.customer);
        customer.setOrderingMachine(agreement.bytes(), world.machine.bytes(), true)
                .send();

        // the machine orders ten; six arrive in time and nobody says anything; four are confirmed in the third day late
        var order = orderByMachine(agreement, 10);
        var orderedAt = world.now();
        supplier.ship(order.bytes(), BigInteger.valueOf(6), NOTHING).send();
        supplier.ship(order.bytes(), BigInteger.valueOf(4), NOTHING).send();
        arrive(ShipmentId.of(order, 1));
        world.pass(Duration.ofDays(1).plusSeconds(1));
        world.supply(world.provider).settle(ShipmentId.of(order, 1).bytes()).send();
        world.nextBlockAt(orderedAt + 5 * DAY + DAY / 2);
        customer.confirm(ShipmentId.of(order, 2).bytes(), BigInteger.valueOf(4)).send();
        assertThat(supplier.balanceOf(world.supplier.hex()).send())
                .isEqualTo(units(6 * 18 + 4 * 18 - 3 * 2).value());

        // the customer orders eight; three are cancelled; of five that arrived two are accepted and three disputed
        customer.order(
                        agreement.bytes(),
                        HISTORY.bytes(),
                        BigInteger.valueOf(8),
                        world.machine.bytes(),
                        NOTHING,
                        Hash.ZERO.hex().substring(0, 42))
                .send();
        var second = OrderId.of(agreement, HISTORY);
        supplier.ship(second.bytes(), BigInteger.valueOf(5), NOTHING).send();
        supplier.cancel(second.bytes()).send();
        var shipment = ShipmentId.of(second, 1);
        arrive(shipment);
        customer.dispute(shipment.bytes(), BigInteger.TWO, NOTHING).send();
        assertThatThrownBy(() -> rule(world.carrier, shipment)).isInstanceOf(Exception.class);
        rule(world.arbiter, shipment);

        supplier.withdraw(units(174 + 36).value(), world.supplier.hex()).send();
        customer.withdraw(units(500 - 174 - 36).value(), world.customer.hex()).send();
        world.assertHolds(world.supplier, units(210));
        world.assertHolds(world.customer, units(290));
        world.assertHolds(world.contracts.supplyProvider(), Amount.ZERO);
    }

    /** The salt's last bytes are the quantity that the machine signs. */
    private OrderId orderByMachine(Hash agreement, int quantity) throws Exception {
        var salt = NOTHING.clone();
        salt[31] = (byte) quantity;
        var order = OrderId.of(agreement, Hash.of(salt));
        var low = world.attest(world.machineKey, world.contracts.supplyDomain(), Verdict.LEVEL_LOW, order.value());
        world.supply(world.provider)
                .orderByMachine(
                        agreement.bytes(),
                        salt,
                        SupplyStructs.attestation(low.content()),
                        SupplyStructs.signature(low.signature()))
                .send();
        return order;
    }

    private void arrive(ShipmentId shipment) throws Exception {
        var arrived =
                world.attest(world.carrier.key(), world.contracts.supplyDomain(), Verdict.ARRIVED, shipment.value());
        world.supply(world.supplier)
                .arrive(
                        world.carrier.hex(),
                        SupplyStructs.attestation(arrived.content()),
                        SupplyStructs.signature(arrived.signature()))
                .send();
    }

    private void rule(Actor oracle, ShipmentId shipment) throws Exception {
        world.supply(oracle)
                .rule(oracle.hex(), shipment.bytes(), BigInteger.valueOf(Verdict.FOR_DEBTOR.code()))
                .send();
    }
}
