// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {SupplyOrders} from "../../src/SupplyOrders.sol";
import {SupplyModel} from "../support/SupplyModel.sol";
import {SupplyTest} from "../support/SupplyTest.sol";
import {SupplyHandler} from "./SupplyHandler.sol";

/// @notice The invariants of SupplyProvider in README.md beside this file.
contract SupplyInvariants is SupplyTest {
    SupplyHandler private handler;
    SupplyModel private model;

    function setUp() public override {
        vm.recordLogs();
        super.setUp();
        _allowMachine();
        model = new SupplyModel(supply);
        model.follow(vm.getRecordedLogs());
        handler = new SupplyHandler(
            supply,
            model,
            machine,
            agreement,
            [CUSTOMER_KEY, SUPPLIER_KEY, EMPLOYEE_KEY, CARRIER_KEY, ORACLE_KEY, STRANGER_KEY, MACHINE_KEY]
        );
        token.mint(address(handler), type(uint96).max);
        vm.prank(address(handler));
        token.approve(address(supply), type(uint256).max);
    }

    /// @dev What forge calls at random.
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev All in one, so that each run of calls serves them all.
    function invariant_ShouldHold() public view {
        _conserveTheEscrow();
        _keepEachOrderInItsBounds();
        _beWhatItsEventsSay();
        _obeyThePartiesOnly();
    }

    function _conserveTheEscrow() private view {
        address[] memory accounts = model.accounts();
        uint256 balances;
        for (uint256 i = 0; i < accounts.length; i++) {
            balances += supply.balanceOf(accounts[i]);
        }
        uint256 reserved = supply.reservedOf(customer);
        vm.assertEq(token.balanceOf(address(supply)), balances + reserved, "1: held");
        vm.assertEq(reserved, _owed(), "2: reserved for what is open");
    }

    function _keepEachOrderInItsBounds() private view {
        bytes32[] memory ids = model.orderIds();
        for (uint256 i = 0; i < ids.length; i++) {
            SupplyOrders.Order memory o = supply.orders(ids[i]);
            vm.assertLe(o.shipped, o.quantity, "3: shipped");
            vm.assertLe(o.vouched, o.delivered, "3: vouched");
            vm.assertEq(o.shipped, o.delivered + o.refunded + _underWay(ids[i]), "3: each unit once");
            vm.assertLe(o.penalty, PENALTY_CAP, "3: penalty");
        }
    }

    function _beWhatItsEventsSay() private view {
        model.check();
    }

    function _obeyThePartiesOnly() private view {
        vm.assertEq(handler.trespasses(), 0, "5: strangers");
    }

    function afterInvariant() public {
        bytes32[] memory ids = model.shipmentIds();
        vm.warp(block.timestamp + 200 days);
        for (uint256 i = 0; i < ids.length; i++) {
            SupplyOrders.Status status = supply.shipments(ids[i]).status;
            if (status == SupplyOrders.Status.Arrived) supply.settle(ids[i]);
            if (status == SupplyOrders.Status.Disputed) supply.endDispute(ids[i]);
            if (status != SupplyOrders.Status.Shipped) continue;
            vm.prank(customer);
            supply.reclaim(ids[i]);
        }
        ids = model.orderIds();
        for (uint256 i = 0; i < ids.length; i++) {
            SupplyOrders.Order memory o = supply.orders(ids[i]);
            if (o.shipped == o.quantity) continue;
            vm.prank(customer);
            supply.cancel(ids[i]);
        }
        address[] memory accounts = model.accounts();
        for (uint256 i = 0; i < accounts.length; i++) {
            uint256 balance = supply.balanceOf(accounts[i]);
            vm.prank(accounts[i]);
            supply.withdraw(balance, accounts[i]);
        }
        vm.assertEq(token.balanceOf(address(supply)), 0, "6: all can be taken out");
    }

    function _underWay(bytes32 id) private view returns (uint256 quantity) {
        bytes32[] memory ids = model.shipmentIds();
        for (uint256 i = 0; i < ids.length; i++) {
            if (supply.shipments(ids[i]).order == id) quantity += supply.shipments(ids[i]).quantity;
        }
    }

    function _owed() private view returns (uint256 owed) {
        bytes32[] memory ids = model.orderIds();
        for (uint256 i = 0; i < ids.length; i++) {
            SupplyOrders.Order memory o = supply.orders(ids[i]);
            owed += (o.quantity - o.delivered - o.refunded) * uint256(PRICE);
        }
        ids = model.shipmentIds();
        for (uint256 i = 0; i < ids.length; i++) {
            owed += supply.disputes(ids[i]).bond;
        }
    }
}
