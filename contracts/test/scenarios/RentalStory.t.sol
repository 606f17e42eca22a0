// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {Permits} from "../../src/Permits.sol";
import {RentalProvider} from "../../src/RentalProvider.sol";
import {SupplyProvider} from "../../src/SupplyProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice The whole story of a customer and a manufacturer, from the offer to the last unit withdrawn.
contract RentalStoryTest is CremaTest {
    uint96 private constant BOND = 100e6;
    uint40 private constant DELIVERED = uint40(START) + 3 days;

    CremaTypes.Offer private offer;
    bytes32 private id;
    bytes32 private channel;

    /// @dev As in CremaTest, but with the true SupplyProvider behind the rentals; the customer has allowed nothing.
    function setUp() public override {
        super.setUp();
        address opener = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 2);
        payment = new PaymentProvider(token, identity, opener, MIN_PERIOD, MAX_PERIOD);
        supply = new SupplyProvider(identity, payment);
        rental = new RentalProvider(identity, payment, supply);
        token.mint(manufacturer, 300e6);
        vm.startPrank(manufacturer);
        token.approve(address(rental), 200e6);
        rental.deposit(manufacturer, 200e6);
        token.approve(address(supply), 40e6);
        supply.deposit(manufacturer, 40e6);
        vm.stopPrank();
    }

    function test_ShouldRunFromTheOfferToTheLastUnit() public {
        _conclude();
        _deliver();
        _drink();
        _credit();
        _dispute();
        _terminate();
        _settle();
    }

    /// @dev One transaction: offer, permit, bond, channel.
    function _conclude() private {
        offer = _offer(customer, 7);
        offer.terms.bond = BOND;
        (offer.terms.downtimePerHour, offer.terms.downtimeCap) = (2e6, 60e6);
        CremaTypes.Signature memory signature = _signOffer(offer, MANUFACTURER_KEY);
        Permits.Permit memory permit = _permit(CUSTOMER_KEY, 200e6, START + 1);
        vm.prank(customer);
        (id, channel) = rental.conclude(offer, signature, 200e6, permit);
        vm.assertEq(token.balanceOf(customer), 999_800e6, "the customer paid 200");
        vm.assertEq(rental.balanceOf(manufacturer), 100e6, "100 are free");
        vm.assertEq(rental.reservedOf(manufacturer), BOND, "100 are bound");
    }

    /// @dev The manufacturer has the machine brought; the customer confirms; a stranger begins the rental.
    function _deliver() private {
        CremaTypes.SupplyAgreement memory terms;
        (terms.buyer, terms.supplier, terms.goods) = (manufacturer, supplier, keccak256("delivery"));
        (terms.unitPrice, terms.maxQuantity, terms.deliveryTime) = (40e6, 1, 2 days);
        (terms.penaltyPerDay, terms.penaltyCap, terms.inspectionTime) = (3e6, 10e6, 2 days);
        (terms.validUntil, terms.nonce) = (START + 1 days, 1);
        CremaTypes.Signature memory s;
        (s.r, s.vs) = vm.signCompact(SUPPLIER_KEY, supply.agreementDigest(terms));
        vm.startPrank(manufacturer);
        bytes32 agreement = supply.agree(terms, s);
        bytes32 order = supply.order(agreement, "salt", 1, machine, id, customer);
        vm.stopPrank();
        vm.prank(supplier);
        bytes32 shipment = supply.ship(order, 1, keccak256("tracking"));
        (bool early,) = address(rental).call(abi.encodeCall(rental.begin, (offer, customer, order)));
        vm.assertFalse(early, "not delivered yet");
        vm.warp(DELIVERED);
        vm.prank(customer);
        supply.confirm(shipment, 1);
        vm.assertEq(supply.balanceOf(supplier), 37e6, "a day late: 3 less");
        vm.assertEq(supply.balanceOf(manufacturer), 3e6, "which the manufacturer keeps");
        vm.prank(stranger);
        rental.begin(offer, customer, order);
        vm.assertEq(rental.rentals(id).startedAt, DELIVERED, "begun");
    }

    /// @dev Cups worth 12.6, then up to 57.6 by an employee; a top-up makes room for more.
    function _drink() private {
        payment.redeem(manufacturer, _byCustomer(7, 12_600_000));
        PaymentProvider.BadgedRedemption[] memory badged = new PaymentProvider.BadgedRedemption[](1);
        badged[0] = _byEmployee(7, 57_600_000, _plainBadge());
        payment.redeemMany(manufacturer, new PaymentProvider.Redemption[](0), badged);
        vm.assertEq(payment.credited(manufacturer), 57_600_000, "cups");
        vm.startPrank(customer);
        token.approve(address(payment), 20e6);
        payment.topUp(customer, manufacturer, 7, 20e6);
        vm.stopPrank();
        payment.redeemWithBadge(manufacturer, _byEmployee(7, 230e6, _plainBadge()));
        vm.assertEq(payment.credited(manufacturer), 220e6, "no more than is there");
        vm.startPrank(customer);
        token.approve(address(payment), 50e6);
        payment.topUp(customer, manufacturer, 7, 50e6);
        vm.stopPrank();
        payment.redeemWithBadge(manufacturer, _byEmployee(7, 230e6, _plainBadge()));
        vm.assertEq(payment.credited(manufacturer), 230e6, "the rest of it later");
    }

    /// @dev Three hours down on the machine's word, paid at once; two hours on the customer's, paid after three days.
    function _credit() private {
        vm.warp(DELIVERED + 10 hours);
        bytes32 claim = CremaTypes.downtimeId(id, DELIVERED, DELIVERED + 3 hours);
        CremaTypes.Attestation memory a =
            CremaTypes.Attestation(machine, claim, CremaTypes.DOWN, DELIVERED + 3 hours, 0);
        CremaTypes.Signature memory s;
        (s.r, s.vs) = vm.signCompact(MACHINE_KEY, rental.attestationDigest(a));
        vm.startPrank(customer);
        rental.claimAttestedDowntime(offer, customer, DELIVERED, DELIVERED + 3 hours, a, s);
        vm.assertEq(rental.balanceOf(customer), 6e6, "three hours");
        claim = rental.claimDowntime(offer, customer, DELIVERED + 4 hours, DELIVERED + 6 hours, 0);
        vm.stopPrank();
        vm.warp(DELIVERED + 10 hours + 3 days);
        rental.creditDowntime(claim);
        vm.assertEq(rental.balanceOf(customer), 10e6, "two more");
    }

    /// @dev Five hours disputed and lost by the manufacturer, one hour disputed and won.
    function _dispute() private {
        vm.prank(customer);
        bytes32 just = rental.claimDowntime(offer, customer, DELIVERED + 1 days, DELIVERED + 29 hours, 0);
        vm.prank(customer);
        bytes32 unjust = rental.claimDowntime(offer, customer, DELIVERED + 2 days, DELIVERED + 49 hours, 0);
        vm.startPrank(manufacturer);
        rental.disputeDowntime(just);
        rental.disputeDowntime(unjust);
        vm.stopPrank();
        vm.prank(oracle);
        rental.rule(oracle, just, CremaTypes.FOR_CREDITOR);
        vm.assertEq(rental.balanceOf(customer), 30e6, "ten and the stake of ten");
        vm.prank(oracle);
        rental.rule(oracle, unjust, CremaTypes.FOR_DEBTOR);
        vm.assertEq(rental.balanceOf(manufacturer), 92e6, "100 less ten, and two freed");
        vm.assertEq(rental.reservedOf(manufacturer), 78e6, "the bond less ten, ten and two");
    }

    /// @dev Terminated, renewed by consent, terminated again, returned.
    function _terminate() private {
        uint40 until = DELIVERED + 400 days;
        vm.prank(customer);
        rental.terminate(offer, customer);
        vm.assertEq(rental.rentals(id).endsAt, DELIVERED + 180 days, "the minimum term");
        vm.prank(manufacturer);
        rental.proposeRenewal(offer, customer, until);
        vm.prank(customer);
        rental.acceptRenewal(offer, customer, until);
        vm.warp(DELIVERED + 380 days);
        vm.prank(manufacturer);
        rental.terminate(offer, customer);
        vm.assertEq(rental.rentals(id).endsAt, DELIVERED + 410 days, "the notice");
        vm.warp(DELIVERED + 410 days);
        vm.prank(customer);
        rental.handOver(offer, customer);
        vm.prank(manufacturer);
        rental.confirmReturn(offer, customer);
        vm.warp(DELIVERED + 440 days);
        rental.releaseBond(offer, customer);
        vm.assertEq(rental.balanceOf(manufacturer), 170e6, "and the bond");
    }

    /// @dev The channel is closed by the customer; everybody takes everything out.
    function _settle() private {
        vm.prank(customer);
        payment.requestClose(manufacturer, 7);
        vm.warp(block.timestamp + 7 days);
        vm.startPrank(customer);
        payment.close(customer, manufacturer, 7);
        payment.withdraw(customer);
        rental.withdraw(30e6, customer);
        vm.stopPrank();
        vm.startPrank(manufacturer);
        payment.withdraw(manufacturer);
        rental.withdraw(170e6, manufacturer);
        supply.withdraw(3e6, manufacturer);
        vm.stopPrank();
        vm.prank(supplier);
        supply.withdraw(37e6, supplier);
        vm.assertEq(token.balanceOf(customer), 1_000_000e6 - 230e6 + 30e6, "the customer: cups and downtime");
        vm.assertEq(
            token.balanceOf(manufacturer),
            300e6 + 230e6 - 30e6 - 37e6,
            "the manufacturer: cups, downtime, delivery"
        );
        vm.assertEq(token.balanceOf(supplier), 37e6, "the supplier: its delivery");
        vm.assertEq(token.balanceOf(address(payment)), 0, "nothing stays with payments");
        vm.assertEq(token.balanceOf(address(rental)), 0, "nothing stays with rentals");
        vm.assertEq(token.balanceOf(address(supply)), 0, "nothing stays with supplies");
    }
}
