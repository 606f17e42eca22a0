// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {Parties} from "../../src/Parties.sol";
import {AccountsHarness} from "../support/AccountsHarness.sol";
import {CremaTest} from "../support/CremaTest.sol";

contract AccountsTest is CremaTest {
    AccountsHarness internal accounts;

    function setUp() public override {
        super.setUp();
        accounts = new AccountsHarness(identity, payment);
        vm.prank(customer);
        token.approve(address(accounts), type(uint256).max);
    }

    function _deposit(address account, uint96 amount) internal {
        vm.prank(customer);
        accounts.deposit(account, amount);
    }

    function test_ShouldDepositForAnyone() public {
        vm.expectEmit(address(accounts));
        emit Accounts.Deposited(manufacturer, customer, 7);
        _deposit(manufacturer, 7);
        vm.assertEq(accounts.balanceOf(manufacturer), 7, "balance");
        vm.assertEq(token.balanceOf(address(accounts)), 7, "held");
    }

    function test_ShouldReserveAndRelease() public {
        _deposit(manufacturer, 100);
        accounts.reserve(manufacturer, 60);
        vm.assertEq(accounts.balanceOf(manufacturer), 40, "balance");
        vm.assertEq(accounts.reservedOf(manufacturer), 60, "reserved");
        accounts.release(manufacturer, stranger, 25);
        accounts.release(manufacturer, manufacturer, 35);
        vm.assertEq(accounts.balanceOf(manufacturer), 75, "balance");
        vm.assertEq(accounts.balanceOf(stranger), 25, "paid");
        vm.assertEq(accounts.reservedOf(manufacturer), 0, "nothing reserved");
    }

    function test_RevertWhen_MoreIsReservedThanThereIs() public {
        _deposit(manufacturer, 100);
        _expect(abi.encodeWithSelector(Accounts.InsufficientBalance.selector, manufacturer, 100, 101));
        accounts.reserve(manufacturer, 101);
    }

    function test_ShouldWithdraw() public {
        _deposit(manufacturer, 100);
        vm.expectEmit(address(accounts));
        emit Accounts.Withdrawn(manufacturer, stranger, 30);
        vm.prank(manufacturer);
        accounts.withdraw(30, stranger);
        vm.assertEq(token.balanceOf(stranger), 30, "received");
        vm.assertEq(accounts.balanceOf(manufacturer), 70, "left");
    }

    function test_RevertWhen_AStrangerWithdraws() public {
        _deposit(manufacturer, 100);
        _expect(abi.encodeWithSelector(Parties.NotAllowed.selector, stranger, manufacturer));
        vm.prank(stranger);
        accounts.withdrawFor(manufacturer, 1, stranger);
    }

    function test_ShouldUseEachNonceOnce() public {
        accounts.useNonce(manufacturer, 5);
        _expect(abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, manufacturer, 5));
        accounts.useNonce(manufacturer, 5);
    }
}
