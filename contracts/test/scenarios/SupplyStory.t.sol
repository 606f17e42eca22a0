// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {RentalProvider} from "../../src/RentalProvider.sol";
import {SupplyModel} from "../support/SupplyModel.sol";
import {SupplyTest} from "../support/SupplyTest.sol";

/// @notice Goods run low, or a rented machine must come: what each party has in the end, to the unit, in the good case
/// and in each bad one. Each story ends with all money out of the contract, and with a model that follows from the logs
/// alone.
contract SupplyStory is SupplyTest {
    SupplyModel private model;

    function setUp() public override {
        vm.recordLogs();
        super.setUp();
        model = new SupplyModel(supply);
        model.follow(vm.getRecordedLogs());
    }

    /// @dev Time passes; what was emitted before belongs to the time before.
    function _until(uint256 time) private {
        model.follow(vm.getRecordedLogs());
        model.check();
        vm.warp(time);
    }

    function _ends(uint256 paid) private {
        _takesOut(customer, FUNDS - paid);
        _takesOut(supplier, paid);
        vm.assertEq(token.balanceOf(address(supply)), 0, "nothing is left");
        model.follow(vm.getRecordedLogs());
        model.check();
    }

    function _takesOut(address account, uint256 amount) private {
        uint256 before = token.balanceOf(account);
        uint256 balance = supply.balanceOf(account);
        vm.prank(account);
        supply.withdraw(balance, account);
        vm.assertEq(token.balanceOf(account) - before, amount, "taken out");
    }

    function test_ShouldFillAMachineThatAsks() public {
        _allowMachine();
        _until(START + 1);
        _orderByMachine(SALT);
        _until(START + 1 days);
        _ship(10);
        _until(START + 2 days);
        _arrive(shipment);
        _until(START + 2 days + 1 hours);
        _attestDelivered(MACHINE_KEY);
        _ends(10 * PRICE);
    }

    function test_ShouldPayBySilence() public {
        _shipped();
        _until(START + 2 days);
        _arrive(shipment);
        _until(START + 2 days + INSPECTION + 1);
        vm.prank(stranger);
        supply.settle(shipment);
        _ends(10 * PRICE);
    }

    function test_ShouldDeliverInPartsOneOfThemLate() public {
        _order(employee);
        _ship(4);
        _until(START + 2 days);
        _confirm(employee, 4);
        _until(START + 4 days);
        shipment = _ship(6);
        _until(START + DELIVERY + 2 days);
        _arrive(shipment);
        _until(START + DELIVERY + 3 days);
        _confirm(customer, 6);
        _assertDelivered(true);
        _ends(10 * PRICE - 2 * PENALTY_PER_DAY);
    }

    function test_ShouldPayForAPartAndCancelTheRest() public {
        _order(employee);
        _ship(4);
        _confirm(customer, 4);
        _until(START + 10 days);
        vm.prank(customer);
        supply.cancel(order);
        _ends(4 * PRICE);
    }

    function test_ShouldGiveBackALostParcel() public {
        _shipped();
        _until(START + 30 days + 1);
        vm.prank(customer);
        supply.reclaim(shipment);
        _ends(0);
    }

    function test_ShouldLetTheSupplierForgoABrokenParcel() public {
        _shipped();
        _until(START + 1 days);
        _arrive(shipment);
        vm.prank(supplier);
        supply.forgo(shipment);
        _ends(0);
    }

    function test_ShouldCancelBeforeShipping() public {
        _order(employee);
        vm.prank(supplier);
        supply.cancel(order);
        _ends(0);
    }

    function _dispute() private {
        _shipped();
        _until(START + 1 days);
        _arrive(shipment);
        vm.prank(customer);
        supply.dispute(shipment, 4, REASON);
    }

    function _rule(uint8 verdict) private {
        CremaTypes.Attestation memory a = _attestation(shipment, verdict);
        CremaTypes.Signature memory signature = _sign(a, ORACLE_KEY);
        vm.prank(stranger);
        supply.ruleBySignature(oracle, a, signature);
    }

    function test_ShouldRefundADisputeThatTheBuyerWins() public {
        _dispute();
        _until(START + 5 days);
        _rule(CremaTypes.FOR_DEBTOR);
        _ends(4 * PRICE);
    }

    function test_ShouldPayADisputeThatTheBuyerLoses() public {
        _dispute();
        _until(START + 5 days);
        _rule(CremaTypes.FOR_CREDITOR);
        _ends(10 * PRICE + BOND);
    }

    function test_ShouldPayADisputeThatNobodyRules() public {
        _dispute();
        _until(START + 1 days + 14 days + 1);
        supply.endDispute(shipment);
        _ends(10 * PRICE + BOND);
    }

    /// @dev The manufacturer has a supplier bring the machine; its delivery begins the rental.
    function test_ShouldDeliverTheMachineOfARental() public {
        address opener = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        supply.deposit(manufacturer, 100e6);
        (RentalProvider rentals, CremaTypes.Offer memory offer, bytes32 id) = _rented(opener);
        CremaTypes.SupplyAgreement memory terms = _terms(2);
        (terms.buyer, terms.goods, terms.unitPrice) = (manufacturer, machine, 60e6);
        agreement = _agree(terms, SUPPLIER_KEY);
        order = CremaTypes.orderId(agreement, SALT);
        shipment = CremaTypes.shipmentId(order, 1);
        vm.prank(manufacturer);
        supply.order(agreement, SALT, 1, machine, id, customer);
        _ship(1);
        _until(START + 2 days);
        // the manufacturer's machine alone cannot begin it
        try rentals.begin(offer, customer, order) {
            vm.assertTrue(false, "begun before the delivery");
        } catch {}
        _confirm(customer, 1);
        vm.prank(stranger);
        rentals.begin(offer, customer, order);
        vm.assertEq(rentals.rentals(id).startedAt, START + 2 days, "begun");
        _takesOut(supplier, 60e6);
        _takesOut(manufacturer, 40e6);
        _takesOut(customer, FUNDS);
        vm.assertEq(token.balanceOf(address(supply)), 0, "nothing is left");
    }

    /// @dev A rental whose RentalProvider asks this SupplyProvider.
    function _rented(address opener)
        private
        returns (RentalProvider rentals, CremaTypes.Offer memory offer, bytes32 id)
    {
        PaymentProvider channels = new PaymentProvider(token, identity, opener, MIN_PERIOD, MAX_PERIOD);
        rentals = new RentalProvider(identity, channels, supply);
        offer = _offer(customer, 1);
        id = rentals.offerDigest(offer);
        (bytes32 r, bytes32 vs) = vm.signCompact(MANUFACTURER_KEY, id);
        vm.startPrank(customer);
        token.approve(address(channels), DEPOSIT);
        rentals.conclude(offer, CremaTypes.Signature(r, vs), DEPOSIT, _noPermit());
        vm.stopPrank();
    }
}
