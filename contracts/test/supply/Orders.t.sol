// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {Attestations} from "../../src/Attestations.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {SupplyAgreements} from "../../src/SupplyAgreements.sol";
import {SupplyOrders} from "../../src/SupplyOrders.sol";
import {SupplyProvider} from "../../src/SupplyProvider.sol";
import {SupplyTest} from "../support/SupplyTest.sol";

contract SupplyOrdersTest is SupplyTest {
    function test_ShouldOrder() public {
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyOrdered(order, agreement, machine, SUBJECT, 10, 10 * PRICE, BEGIN + DELIVERY);
        vm.expectEmit(address(supply));
        emit SupplyOrders.RecipientNamed(order, employee);
        _order(employee);
        _assertMoney(10 * PRICE, 0);
        SupplyOrders.Order memory o = supply.orders(order);
        vm.assertEq(o.quantity, 10, "quantity");
        vm.assertEq(o.machine, machine, "machine");
        vm.assertEq(o.agreement, agreement, "agreement");
        _assertDelivered(false);
    }

    function _refuse(uint32 quantity, bytes memory failure) private {
        _expect(failure);
        vm.prank(customer);
        supply.order(agreement, SALT, quantity, 0, 0, address(0));
    }

    function test_RevertWhen_ItCannotBeOrdered() public {
        _expect(abi.encodeWithSelector(SupplyAgreements.AgreementUnknown.selector, REASON));
        supply.order(REASON, SALT, 1, 0, 0, address(0));
        _expect(_notAllowed(supplier, customer));
        vm.prank(supplier);
        supply.order(agreement, SALT, 1, 0, 0, address(0));
        _refuse(0, abi.encodeWithSelector(SupplyProvider.QuantityOutOfBounds.selector, 0, MOST));
        _refuse(MOST + 1, abi.encodeWithSelector(SupplyProvider.QuantityOutOfBounds.selector, MOST + 1, MOST));
        vm.prank(customer);
        supply.withdraw(FUNDS - PRICE, customer);
        _refuse(2, abi.encodeWithSelector(Accounts.InsufficientBalance.selector, customer, PRICE, 2 * PRICE));
        vm.prank(customer);
        supply.order(agreement, SALT, 1, 0, 0, address(0));
        _refuse(1, abi.encodeWithSelector(SupplyProvider.OrderExists.selector, order));
    }

    function test_RevertWhen_ARoleWasLost() public {
        vm.prank(owner);
        identity.suspend(supplier);
        _refuse(1, abi.encodeWithSelector(IdentityProvider.MissingRole.selector, supplier, 16));
        vm.prank(owner);
        identity.suspend(customer);
        _refuse(1, abi.encodeWithSelector(SupplyAgreements.NotABuyer.selector, customer));
    }

    // --- by the machine

    function test_ShouldOrderTheQuantityThatTheMachineSigned() public {
        _allowMachine();
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyAttested(order, CremaTypes.LEVEL_LOW, machineKey, EVIDENCE);
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyOrdered(order, agreement, machine, 0, 10, 10 * PRICE, BEGIN + DELIVERY);
        vm.assertEq(_orderByMachine(SALT), order, "order");
        vm.assertEq(supply.lastByMachine(agreement, machine), order, "last");
    }

    function _refuse(CremaTypes.Attestation memory a, uint256 key, bytes memory failure) private {
        CremaTypes.Signature memory signature = _sign(a, key);
        _expect(failure);
        supply.orderByMachine(agreement, SALT, a, signature);
    }

    function test_RevertWhen_TheAttestationSaysSomethingElse() public {
        CremaTypes.Attestation memory a = _attestation(REASON, CremaTypes.LEVEL_LOW);
        _refuse(a, MACHINE_KEY, abi.encodeWithSelector(Attestations.WrongSubject.selector, REASON, order));
        a = _attestation(order, CremaTypes.FAULT);
        _refuse(a, MACHINE_KEY, abi.encodeWithSelector(Attestations.WrongVerdict.selector, 1, 4));
        a = _attestation(order, CremaTypes.LEVEL_LOW);
        _refuse(
            a, STRANGER_KEY, abi.encodeWithSelector(Attestations.NotAMachineKey.selector, machine, stranger)
        );
        _refuse(
            a,
            MACHINE_KEY,
            abi.encodeWithSelector(SupplyProvider.MachineMayNotOrder.selector, agreement, machine)
        );
        a.time = START - 1 days - 1;
        _refuse(
            a,
            MACHINE_KEY,
            abi.encodeWithSelector(Attestations.AttestationTooOld.selector, a.time, START - 1 days)
        );
        a.time = START + 301;
        _refuse(
            a,
            MACHINE_KEY,
            abi.encodeWithSelector(Attestations.AttestationFromTheFuture.selector, a.time, START + 300)
        );
    }

    function test_RevertWhen_TheMachineOrdersTooOften() public {
        _allowMachine();
        _orderByMachine(SALT);
        bytes32 next = bytes32(uint256(SALT) + (1 << 32));
        CremaTypes.Attestation memory a =
            _attestation(CremaTypes.orderId(agreement, next), CremaTypes.LEVEL_LOW);
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        _ship(4);
        _expect(abi.encodeWithSelector(SupplyProvider.MachineOrderOpen.selector, machine, order));
        supply.orderByMachine(agreement, next, a, signature);
        vm.prank(customer);
        supply.cancel(order);
        _confirm(customer, 4);
        _expect(abi.encodeWithSelector(SupplyProvider.MachineOrderTooSoon.selector, machine, START + 1 days));
        supply.orderByMachine(agreement, next, a, signature);
        vm.warp(START + 1 days);
        supply.orderByMachine(agreement, next, a, signature);
    }

    // --- ship, cancel

    function test_ShouldShipInParts() public {
        _order(employee);
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyShipped(order, shipment, 4, TRACKING);
        vm.assertEq(_ship(4), shipment, "first");
        vm.assertEq(_ship(6), CremaTypes.shipmentId(order, 2), "second");
        _assertStatus(SupplyOrders.Status.Shipped);
        vm.assertEq(supply.shipments(shipment).quantity, 4, "quantity");
        _expect(abi.encodeWithSelector(SupplyProvider.QuantityOutOfBounds.selector, 1, 0));
        _ship(1);
    }

    function test_RevertWhen_ItCannotBeShipped() public {
        _expect(abi.encodeWithSelector(SupplyProvider.OrderUnknown.selector, order));
        _ship(1);
        _order(employee);
        _expect(_notAllowed(customer, supplier));
        vm.prank(customer);
        supply.ship(order, 1, TRACKING);
        _expect(abi.encodeWithSelector(SupplyProvider.QuantityOutOfBounds.selector, 0, 10));
        _ship(0);
        _expect(abi.encodeWithSelector(SupplyProvider.QuantityOutOfBounds.selector, 11, 10));
        _ship(11);
    }

    function test_RevertWhen_ThereAreTooManyShipments() public {
        CremaTypes.SupplyAgreement memory terms = _terms(2);
        terms.maxQuantity = 51;
        bytes32 id = _agree(terms, SUPPLIER_KEY);
        vm.prank(customer);
        id = supply.order(id, SALT, 51, 0, 0, address(0));
        vm.startPrank(supplier);
        for (uint256 i = 0; i < 50; i++) {
            supply.ship(id, 1, TRACKING);
        }
        _expect(abi.encodeWithSelector(SupplyProvider.TooManyShipments.selector, id, 50));
        supply.ship(id, 1, TRACKING);
    }

    function test_ShouldCancelTheUnshippedRest() public {
        _order(employee);
        _ship(4);
        vm.expectEmit(address(supply));
        emit SupplyOrders.SupplyCancelled(order, 6, 6 * PRICE);
        vm.prank(customer);
        supply.cancel(order);
        _assertMoney(4 * PRICE, 0);
        _expect(abi.encodeWithSelector(SupplyProvider.NothingToCancel.selector, order));
        vm.prank(customer);
        supply.cancel(order);
        _confirm(customer, 4);
        _assertMoney(0, 4 * PRICE);
    }

    function test_ShouldLetTheSupplierCancel() public {
        _order(employee);
        vm.prank(supplier);
        supply.cancel(order);
        _assertMoney(0, 0);
        _assertDelivered(false);
    }

    function test_RevertWhen_ItCannotBeCancelled() public {
        _expect(abi.encodeWithSelector(SupplyProvider.OrderUnknown.selector, order));
        supply.cancel(order);
        _order(employee);
        _expect(_notAllowed(stranger, customer));
        vm.prank(stranger);
        supply.cancel(order);
    }
}
