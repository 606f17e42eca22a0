package io.crema.chain.stories;

import static io.crema.chain.stories.World.FAR;
import static io.crema.chain.stories.World.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.abi.ServiceStructs;
import io.crema.chain.abi.Structs;
import io.crema.chain.abi.SupplyStructs;
import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.chain.wrappers.SupplyProvider;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.ServiceAgreement;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.SupplyAgreement;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.typed.Verdict;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.DowntimeId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.OrderId;
import io.crema.contracts.value.RequestId;
import io.crema.contracts.value.ShipmentId;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the first transaction to the last withdrawal, balances to the unit. */
final class StakeholderStoriesIT {
    private static final Hash HISTORY = TypedData.keccak("history");
    private static final byte[] NOTHING = new byte[32];
    private static final long HOUR = 3_600;
    private static final long DAY = 24 * HOUR;

    private final SigningKey employee =
            SigningKey.of(TypedData.keccak("employee").bytes());
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
    void shouldTellTheStoryOfARental() throws Exception {
        world.fund(world.customer, world.contracts.paymentProvider(), units(100));
        world.fund(world.manufacturer, world.contracts.rentalProvider(), units(230));
        var manufacturers = world.rental(world.manufacturer);
        var customers = world.rental(world.customer);
        manufacturers.deposit(world.manufacturer.hex(), units(230).value()).send();
        var offer = offer();
        var signed = Structs.offer(offer.content());
        var rental = world.contracts.rentalDomain().digest(offer.content());
        conclude(offer, units(100));

        // the supplier brings the machine, and the rental begins
        var order = deliverMachine(rental);
        manufacturers.begin(signed, world.customer.hex(), order.bytes()).send();
        var begun = world.now();

        // coffee for 30: receipts of the employee and of the customer's own key
        redeem(offer, 1, units(18), true);
        redeem(offer, 2, units(30), false);

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
                .close(world.customer.hex(), world.manufacturer.hex(), index(offer))
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

    private Signed<Offer> offer() {
        var terms = new Terms(
                world.contracts.token(),
                units(50),
                7 * DAY,
                180 * DAY,
                30 * DAY,
                units(2),
                units(40),
                units(200),
                TypedData.keccak("document"));
        var offer = new Offer(
                world.manufacturer.address(),
                world.customer.address(),
                world.machine,
                terms,
                FAR,
                BigInteger.valueOf(7));
        return TypedData.sign(offer, world.contracts.rentalDomain(), world.manufacturer.key());
    }

    private void conclude(Signed<Offer> offer, Amount funds) throws Exception {
        world.rental(world.customer)
                .conclude(
                        Structs.offer(offer.content()),
                        Structs.signature(offer.signature()),
                        funds.value(),
                        Structs.noPermit())
                .send();
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
        var agreement = agree(terms, world.manufacturer);
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

    private Hash agree(SupplyAgreement terms, Actor buyer) throws Exception {
        var signed = TypedData.sign(terms, world.contracts.supplyDomain(), world.supplier.key());
        var agreed = world.supply(buyer)
                .agree(SupplyStructs.agreement(terms), SupplyStructs.signature(signed.signature()))
                .send();
        var id = world.contracts.supplyDomain().digest(terms);
        assertThat(SupplyProvider.getSupplyAgreedEvents(agreed))
                .singleElement()
                .satisfies(event -> assertThat(event.agreement).isEqualTo(id.bytes()))
                .satisfies(event -> assertThat(event.terms.unitPrice)
                        .isEqualTo(terms.unitPrice().value()));
        return id;
    }

    private void redeem(Signed<Offer> offer, long sequence, Amount total, boolean byEmployee) throws Exception {
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

    private static BigInteger index(Signed<Offer> offer) {
        return BigInteger.valueOf(offer.content().channelIndex());
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

    @Test
    void shouldTellTheStoryOfService() throws Exception {
        world.fund(world.manufacturer, world.contracts.maintenanceProvider(), units(400));
        world.fund(world.provider, world.contracts.maintenanceProvider(), units(40));
        world.fund(world.backup, world.contracts.maintenanceProvider(), units(40));
        var manufacturer = world.maintenance(world.manufacturer);
        var provider = world.maintenance(world.provider);
        var backup = world.maintenance(world.backup);
        manufacturer.deposit(world.manufacturer.hex(), units(400).value()).send();
        provider.deposit(world.provider.hex(), units(40).value()).send();
        backup.deposit(world.backup.hex(), units(40).value()).send();
        var first = agree(world.provider);
        var second = agree(world.backup);
        manufacturer
                .setStanding(world.manufacturer.hex(), NOTHING, first.bytes())
                .send();
        manufacturer.setBackup(first.bytes(), second.bytes()).send();

        // the machine asks; repaired two hours early; the machine attests it: the fee and a bonus of twice five
        var early = requestByMachine("pump");
        provider.accept(early.bytes()).send();
        world.nextBlockAt(requestedAt(early) + 22 * HOUR);
        provider.reportDone(early.bytes(), NOTHING).send();
        var isFixed = world.attest(world.machineKey, world.contracts.maintenanceDomain(), Verdict.FIXED, early.value());
        backup.attestFixed(ServiceStructs.attestation(isFixed.content()), ServiceStructs.signature(isFixed.signature()))
                .send();
        assertThat(provider.balanceOf(world.provider.hex()).send())
                .isEqualTo(units(40 + 80 + 10).value());

        // the manufacturer asks; five and a half hours late; nobody says anything: the fee less six times four
        var late = requestByManufacturer("boiler");
        provider.accept(late.bytes()).send();
        world.nextBlockAt(requestedAt(late) + 29 * HOUR + HOUR / 2);
        provider.reportDone(late.bytes(), NOTHING).send();
        world.pass(Duration.ofDays(2).plusSeconds(1));
        backup.settle(late.bytes()).send();
        assertThat(provider.balanceOf(world.provider.hex()).send())
                .isEqualTo(units(40 + 90 + 80 - 24).value());

        // the provider keeps silent; the backup takes over, repairs, is disputed and wins: fee, highest bonus, bond
        var disputed = requestByManufacturer("grinder");
        world.pass(Duration.ofHours(4).plusSeconds(1));
        world.maintenance(world.customer)
                .escalate(disputed.bytes(), second.bytes())
                .send();
        backup.accept(disputed.bytes()).send();
        backup.reportDone(disputed.bytes(), NOTHING).send();
        manufacturer.dispute(disputed.bytes(), NOTHING).send();
        world.maintenance(world.arbiter)
                .rule(world.arbiter.hex(), disputed.bytes(), BigInteger.valueOf(Verdict.FOR_CREDITOR.code()))
                .send();

        provider.withdraw(units(186).value(), world.provider.hex()).send();
        backup.withdraw(units(40 + 80 + 20 + 30).value(), world.backup.hex()).send();
        manufacturer
                .withdraw(units(400 - 90 - 56 - 130).value(), world.manufacturer.hex())
                .send();
        world.assertHolds(world.provider, units(186));
        world.assertHolds(world.backup, units(170));
        world.assertHolds(world.manufacturer, units(124));
        world.assertHolds(world.contracts.maintenanceProvider(), Amount.ZERO);
    }

    private Hash agree(Actor provider) throws Exception {
        var terms = new ServiceAgreement(
                world.manufacturer.address(),
                provider.address(),
                ServiceAgreement.ALL_MACHINES,
                units(80),
                units(5),
                units(20),
                units(4),
                units(40),
                4 * HOUR,
                24 * HOUR,
                48 * HOUR,
                units(30),
                FAR,
                BigInteger.ONE,
                TypedData.keccak("document"));
        var signed = TypedData.sign(terms, world.contracts.maintenanceDomain(), provider.key());
        var agreed = world.maintenance(world.manufacturer)
                .agree(ServiceStructs.agreement(terms), ServiceStructs.signature(signed.signature()))
                .send();
        var id = world.contracts.maintenanceDomain().digest(terms);
        assertThat(MaintenanceProvider.getServiceAgreedEvents(agreed))
                .singleElement()
                .satisfies(event -> assertThat(event.agreement).isEqualTo(id.bytes()))
                .satisfies(event ->
                        assertThat(event.terms.repairTime.longValueExact()).isEqualTo(terms.repairTime()));
        return id;
    }

    private RequestId requestByMachine(String fault) throws Exception {
        var request = RequestId.of(world.machine, TypedData.keccak(fault));
        var seen = world.attest(world.machineKey, world.contracts.maintenanceDomain(), Verdict.FAULT, request.value());
        world.maintenance(world.supplier)
                .requestByMachine(
                        TypedData.keccak(fault).bytes(),
                        ServiceStructs.attestation(seen.content()),
                        ServiceStructs.signature(seen.signature()))
                .send();
        return request;
    }

    private RequestId requestByManufacturer(String fault) throws Exception {
        world.maintenance(world.manufacturer)
                .requestService(world.machine.bytes(), TypedData.keccak(fault).bytes(), NOTHING)
                .send();
        return RequestId.of(world.machine, TypedData.keccak(fault));
    }

    private long requestedAt(RequestId request) throws Exception {
        return world.maintenance(world.owner)
                .requestedAt(request.bytes())
                .send()
                .longValueExact();
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
        var agreement = agree(terms, world.customer);
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

    @Test
    void shouldTellTheStoryOfALostKey() throws Exception {
        world.fund(world.customer, world.contracts.paymentProvider(), units(100));
        var offer = offerWithoutBond();
        conclude(offer, units(100));
        var identity = world.identity(world.customer);
        identity.setGuardian(world.customer.hex(), world.guardian.hex()).send();

        // the key is lost: the guardian moves the identity, which takes a week
        world.identity(world.guardian)
                .startMove(world.customer.hex(), world.fresh.hex())
                .send();
        assertThatThrownBy(() -> world.identity(world.owner)
                        .finishMove(world.customer.hex())
                        .send())
                .isInstanceOf(Exception.class);
        world.pass(Duration.ofDays(7));
        world.identity(world.owner).finishMove(world.customer.hex()).send();
        world.payment(world.owner).adoptMove(world.customer.hex()).send();
        assertThat(identity.keyOf(world.customer.hex()).send()).isEqualToIgnoringCase(world.fresh.hex());
        assertThat(identity.identityOwner(world.customer.hex()).send()).isEqualToIgnoringCase(world.fresh.hex());
        assertThat(identity.did(world.customer.hex()).send()).isEqualTo("did:ethr:0x7a69:" + world.customer.hex());

        // coffee drunk before stays payable; the lost key has no say any more
        redeem(offer, 1, units(12), true);
        var lost = world.payment(world.customer);
        assertThatThrownBy(() -> lost.requestClose(world.manufacturer.hex(), index(offer))
                        .send())
                .isInstanceOf(Exception.class);
        world.payment(world.fresh)
                .requestCloseFor(world.customer.hex(), world.manufacturer.hex(), index(offer))
                .send();
        world.pass(Duration.ofDays(7));
        world.payment(world.fresh)
                .close(world.customer.hex(), world.manufacturer.hex(), index(offer))
                .send();
        assertThatThrownBy(() -> lost.withdraw(world.customer.hex()).send()).isInstanceOf(Exception.class);
        world.payment(world.fresh)
                .withdrawFor(world.customer.hex(), world.fresh.hex())
                .send();

        // two owners now decide together: they move the manufacturer at once
        vote(0, world.arbiter.address().hex(), BigInteger.ZERO, world.owner);
        vote(2, Hash.ZERO.hex().substring(0, 42), BigInteger.TWO, world.owner);
        vote(
                5,
                world.manufacturer.hex(),
                new BigInteger(1, world.guardian.address().bytes()),
                world.owner,
                world.arbiter);
        world.payment(world.owner).adoptMove(world.manufacturer.hex()).send();
        world.payment(world.guardian)
                .withdrawFor(world.manufacturer.hex(), world.guardian.hex())
                .send();

        world.assertHolds(world.fresh, units(88));
        world.assertHolds(world.guardian, units(12));
        world.assertHolds(world.customer, Amount.ZERO);
        world.assertHolds(world.contracts.paymentProvider(), Amount.ZERO);
    }

    private Signed<Offer> offerWithoutBond() {
        var terms = new Terms(
                world.contracts.token(),
                units(50),
                7 * DAY,
                0,
                0,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                TypedData.keccak("document"));
        var offer = new Offer(
                world.manufacturer.address(),
                world.customer.address(),
                new MachineId(world.machine.value()),
                terms,
                FAR,
                BigInteger.valueOf(8));
        return TypedData.sign(offer, world.contracts.rentalDomain(), world.manufacturer.key());
    }

    /** The first proposes, the others approve, the last executes. */
    private void vote(int kind, String account, BigInteger value, Actor... owners) throws Exception {
        var made = world.identity(owners[0])
                .propose(BigInteger.valueOf(kind), account, value)
                .send();
        var proposal = IdentityProvider.getProposalMadeEvents(made).getFirst().proposal;
        for (var i = 1; i < owners.length; i++) {
            world.identity(owners[i]).approve(proposal).send();
        }
        world.identity(owners[owners.length - 1]).execute(proposal).send();
    }
}
