// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Attestations} from "../../src/Attestations.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Parties} from "../../src/Parties.sol";
import {SupplyOrders} from "../../src/SupplyOrders.sol";
import {SupplyProvider} from "../../src/SupplyProvider.sol";
import {SupplyTest} from "../support/SupplyTest.sol";

contract SupplyShipmentsTest is SupplyTest {
    // --- arrive

    function test_ShouldRecordTheArrival() public {
        _shipped();
        vm.warp(START + 1 days);
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyArrived(shipment, carrier, EVIDENCE);
        _arrive(shipment);
        _assertStatus(SupplyOrders.Status.Arrived);
        vm.assertEq(supply.shipments(shipment).arrivedAt, START + 1 days, "time");
        vm.assertEq(supply.shipments(shipment).carrier, carrier, "carrier");
    }

    function _refuse(address by, CremaTypes.Attestation memory a, uint256 key, bytes memory failure) private {
        CremaTypes.Signature memory signature = _sign(a, key);
        _expect(failure);
        supply.arrive(by, a, signature);
    }

    function test_RevertWhen_TheArrivalIsNotAttested() public {
        CremaTypes.Attestation memory a = _attestation(shipment, CremaTypes.ARRIVED);
        _refuse(carrier, a, CARRIER_KEY, _wrongStatus(SupplyOrders.Status.None));
        vm.warp(START + 1 hours);
        _shipped();
        _refuse(
            carrier,
            a,
            CARRIER_KEY,
            abi.encodeWithSelector(Attestations.AttestationTooOld.selector, START, START + 1 hours)
        );
        a.time = START + 1 hours + 301;
        _refuse(
            carrier,
            a,
            CARRIER_KEY,
            abi.encodeWithSelector(Attestations.AttestationFromTheFuture.selector, a.time, a.time - 1)
        );
        a.time = START + 1 hours;
        _refuse(
            stranger,
            a,
            STRANGER_KEY,
            abi.encodeWithSelector(IdentityProvider.MissingRole.selector, stranger, 32)
        );
        _refuse(
            carrier,
            a,
            ORACLE_KEY,
            abi.encodeWithSelector(
                Parties.NotSignedBy.selector, carrier, supply.attestationDigest(a), oracle, carrier
            )
        );
        a.verdict = CremaTypes.DELIVERED;
        _refuse(carrier, a, CARRIER_KEY, abi.encodeWithSelector(Attestations.WrongVerdict.selector, 6, 5));
        _arrive(shipment);
        _refuse(carrier, a, CARRIER_KEY, _wrongStatus(SupplyOrders.Status.Arrived));
    }

    // --- confirm, attestDelivered, settle

    function test_ShouldPayForWhatIsConfirmed() public {
        _shipped();
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyDelivered(order, shipment, 3, 3 * PRICE, 0);
        _confirm(customer, 3);
        _assertStatus(SupplyOrders.Status.Shipped);
        _assertMoney(7 * PRICE, 3 * PRICE);
        _arrive(shipment);
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyVouched(order, shipment, 7);
        _confirm(customer, 7);
        _assertStatus(SupplyOrders.Status.Done);
        _assertMoney(0, 10 * PRICE);
        _expect(_wrongStatus(SupplyOrders.Status.Done));
        _confirm(customer, 1);
    }

    function test_RevertWhen_ItCannotBeConfirmed() public {
        _expect(_wrongStatus(SupplyOrders.Status.None));
        _confirm(customer, 1);
        _shipped();
        _expect(_notAllowed(supplier, customer));
        _confirm(supplier, 1);
        _expect(abi.encodeWithSelector(SupplyProvider.QuantityOutOfBounds.selector, 0, 10));
        _confirm(customer, 0);
        _expect(abi.encodeWithSelector(SupplyProvider.QuantityOutOfBounds.selector, 11, 10));
        _confirm(customer, 11);
    }

    function test_ShouldPayWhatTheMachineAttests() public {
        _shipped();
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyAttested(shipment, CremaTypes.DELIVERED, machineKey, EVIDENCE);
        _attestDelivered(MACHINE_KEY);
        _assertMoney(0, 10 * PRICE);
        _assertDelivered(false);
    }

    function test_ShouldPayWhatTheRecipientSigns() public {
        _shipped();
        _attestDelivered(EMPLOYEE_KEY);
        _assertMoney(0, 10 * PRICE);
        _assertDelivered(true);
    }

    function test_RevertWhen_TheDeliveryIsNotAttested() public {
        _shipped();
        CremaTypes.Attestation memory a = _attestation(shipment, CremaTypes.DELIVERED);
        a.machine = REASON;
        CremaTypes.Signature memory s = _sign(a, MACHINE_KEY);
        _expect(abi.encodeWithSelector(Attestations.WrongMachine.selector, REASON, machine));
        supply.attestDelivered(a, s);
        a = _attestation(shipment, CremaTypes.ARRIVED);
        s = _sign(a, MACHINE_KEY);
        _expect(abi.encodeWithSelector(Attestations.WrongVerdict.selector, 5, 6));
        supply.attestDelivered(a, s);
        a = _attestation(shipment, CremaTypes.DELIVERED);
        a.time--;
        s = _sign(a, MACHINE_KEY);
        _expect(abi.encodeWithSelector(Attestations.AttestationTooOld.selector, START - 1, START));
        supply.attestDelivered(a, s);
        a.time++;
        s = _sign(a, SUPPLIER_KEY);
        _expect(abi.encodeWithSelector(Attestations.NotAMachineKey.selector, machine, supplier));
        supply.attestDelivered(a, s);
        _expect(abi.encodeWithSelector(Attestations.NotAMachineKey.selector, machine, address(0)));
        supply.attestDelivered(a, CremaTypes.Signature(0, 0));
    }

    function test_ShouldPayBySilenceAfterTheArrival() public {
        _shipped();
        _expect(_wrongStatus(SupplyOrders.Status.Shipped));
        supply.settle(shipment);
        _arrive(shipment);
        vm.warp(START + INSPECTION);
        _expect(
            abi.encodeWithSelector(SupplyProvider.InspectionNotOver.selector, shipment, START + INSPECTION)
        );
        supply.settle(shipment);
        vm.warp(START + INSPECTION + 1);
        vm.prank(stranger);
        supply.settle(shipment);
        _assertMoney(0, 10 * PRICE);
        _assertDelivered(true);
    }

    // --- dispute

    function test_ShouldPayWhatIsAcceptedAndDisputeTheRest() public {
        _arrivedAt(START + 1 days);
        uint40 rulingUntil = BEGIN + 1 days + INSPECTION + 14 days;
        vm.warp(START + 1 days + INSPECTION);
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyDelivered(order, shipment, 4, 4 * PRICE, 0);
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyDisputed(shipment, 6, BOND, rulingUntil, REASON);
        vm.prank(customer);
        supply.dispute(shipment, 4, REASON);
        _assertMoney(6 * PRICE + BOND, 4 * PRICE);
        _assertStatus(SupplyOrders.Status.Disputed);
        _expect(_wrongStatus(SupplyOrders.Status.Disputed));
        _confirm(customer, 1);
    }

    function test_RevertWhen_ItCannotBeDisputed() public {
        _shipped();
        _expect(_wrongStatus(SupplyOrders.Status.Shipped));
        vm.prank(customer);
        supply.dispute(shipment, 0, REASON);
        _arrive(shipment);
        _expect(_notAllowed(supplier, customer));
        vm.prank(supplier);
        supply.dispute(shipment, 0, REASON);
        _expect(abi.encodeWithSelector(SupplyProvider.QuantityOutOfBounds.selector, 10, 9));
        vm.prank(customer);
        supply.dispute(shipment, 10, REASON);
        vm.warp(START + INSPECTION + 1);
        _expect(abi.encodeWithSelector(SupplyProvider.InspectionOver.selector, shipment, START + INSPECTION));
        vm.prank(customer);
        supply.dispute(shipment, 0, REASON);
    }

    function test_ShouldPayWhatIsRuledForTheSupplier() public {
        _disputed(0);
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyRuled(shipment, oracle, CremaTypes.FOR_CREDITOR);
        vm.prank(oracle);
        supply.rule(oracle, shipment, CremaTypes.FOR_CREDITOR);
        _assertMoney(0, 10 * PRICE + BOND);
        _assertDelivered(true);
    }

    function test_ShouldRefundWhatIsRuledForTheBuyer() public {
        _disputed(4);
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyRefunded(order, shipment, 6 * PRICE);
        vm.prank(oracle);
        supply.rule(oracle, shipment, CremaTypes.FOR_DEBTOR);
        _assertMoney(0, 4 * PRICE);
        _assertDelivered(true);
    }

    function test_ShouldPayWhatNobodyRules() public {
        _disputed(0);
        vm.warp(START + 1 days + 14 days + 1);
        supply.endDispute(shipment);
        _assertMoney(0, 10 * PRICE + BOND);
    }

    function test_RevertWhen_TheCarriersOracleRulesItsOwnWord() public {
        _disputed(0);
        _expect(abi.encodeWithSelector(Attestations.OracleIsAParty.selector, carrier, carrier, carrier));
        vm.prank(carrier);
        supply.rule(carrier, shipment, CremaTypes.FOR_CREDITOR);
    }

    // --- lost, forgone

    function test_ShouldGiveBackWhatIsLost() public {
        _shipped();
        _confirm(customer, 4);
        vm.warp(START + 30 days);
        _expect(abi.encodeWithSelector(SupplyProvider.NotLostYet.selector, shipment, START + 30 days));
        vm.prank(customer);
        supply.reclaim(shipment);
        vm.warp(START + 30 days + 1);
        _expect(_notAllowed(stranger, customer));
        vm.prank(stranger);
        supply.reclaim(shipment);
        vm.prank(customer);
        supply.reclaim(shipment);
        _assertMoney(0, 4 * PRICE);
        _assertStatus(SupplyOrders.Status.Done);
    }

    function test_RevertWhen_WhatHasArrivedIsReclaimed() public {
        _arrivedAt(START + 31 days);
        _expect(_wrongStatus(SupplyOrders.Status.Arrived));
        vm.prank(customer);
        supply.reclaim(shipment);
    }

    function test_ShouldLetTheSupplierForgo() public {
        _arrivedAt(START);
        _confirm(customer, 9);
        _expect(_notAllowed(customer, supplier));
        vm.prank(customer);
        supply.forgo(shipment);
        vm.prank(supplier);
        supply.forgo(shipment);
        _assertMoney(0, 9 * PRICE);
        _expect(_wrongStatus(SupplyOrders.Status.Done));
        vm.prank(supplier);
        supply.forgo(shipment);
    }

    // --- late

    function test_ShouldMeasureByTheArrival() public {
        _arrivedAt(START + DELIVERY);
        vm.warp(START + DELIVERY + INSPECTION);
        _confirm(customer, 10);
        _assertMoney(0, 10 * PRICE);
    }

    function test_ShouldKeepAPenaltyForEachDayBegun() public {
        _arrivedAt(START + DELIVERY + 1 days + 1);
        _confirm(customer, 10);
        _assertMoney(0, 10 * PRICE - 2 * PENALTY_PER_DAY);
    }

    function test_ShouldMeasureByTheConfirmationWithoutAnArrival() public {
        _shipped();
        vm.warp(START + DELIVERY + 1);
        _confirm(customer, 10);
        _assertMoney(0, 10 * PRICE - PENALTY_PER_DAY);
    }

    function test_ShouldKeepOnePenaltyForSeveralLateShipments() public {
        _order(employee);
        _ship(1);
        vm.warp(START + DELIVERY + 2 days);
        _confirm(customer, 1);
        _assertMoney(9 * PRICE, 0);
        vm.assertEq(supply.orders(order).penalty, PRICE, "no more than its price");
        shipment = _ship(4);
        _confirm(customer, 4);
        _assertMoney(5 * PRICE, 5 * PRICE - 2 * PENALTY_PER_DAY);
        vm.warp(START + DELIVERY + 100 days);
        shipment = _ship(5);
        _confirm(customer, 5);
        _assertMoney(0, 10 * PRICE - PENALTY_CAP);
    }

    function testFuzz_ShouldKeepThePenaltyWithinItsCap(uint96 perDay, uint96 cap, uint32 delay, uint8 first)
        public
    {
        CremaTypes.SupplyAgreement memory terms = _terms(2);
        (terms.penaltyPerDay, terms.penaltyCap) = (perDay, cap);
        agreement = _agree(terms, SUPPLIER_KEY);
        order = CremaTypes.orderId(agreement, SALT);
        shipment = CremaTypes.shipmentId(order, 1);
        uint32 part = uint32(_bound(first, 1, 9));
        _shipped();
        vm.warp(uint256(START) + delay);
        _confirm(customer, part);
        _confirm(customer, 10 - part);
        uint256 due =
            delay <= DELIVERY ? 0 : uint256(perDay) * ((uint256(delay) - DELIVERY + 86_399) / 86_400);
        if (due > cap) due = cap;
        if (due > 10 * PRICE) due = 10 * PRICE;
        _assertMoney(0, 10 * PRICE - due);
    }

    // --- deliveredFor

    function test_ShouldNotTakeTheBuyersWordForADelivery() public {
        _shipped();
        _confirm(customer, 10);
        _assertDelivered(false);
    }

    function test_ShouldTakeTheRecipientsWordForADelivery() public {
        _order(employee);
        _ship(4);
        _confirm(employee, 4);
        _assertDelivered(false);
        vm.prank(supplier);
        supply.cancel(order);
        _assertDelivered(true);
    }
}
