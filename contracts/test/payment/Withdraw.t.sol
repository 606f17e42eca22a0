// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Owners} from "../../src/Owners.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

contract WithdrawTest is CremaTest {
    function setUp() public override {
        super.setUp();
        _open(1, DEPOSIT);
    }

    function _close(address by) private {
        vm.prank(by);
        payment.close(customer, manufacturer, 1);
    }

    function test_ShouldWithdrawAllCredit() public {
        _close(manufacturer);
        vm.expectEmit(address(payment));
        emit PaymentProvider.Withdrawn(customer, stranger, DEPOSIT);
        vm.prank(customer);
        payment.withdraw(stranger);
        vm.assertEq(token.balanceOf(stranger), DEPOSIT, "received");
        vm.assertEq(payment.credited(customer), 0, "credited");
        _expect(abi.encodeWithSelector(PaymentProvider.NothingCredited.selector, customer));
        vm.prank(customer);
        payment.withdraw(stranger);
    }

    function test_ShouldRefuseToWithdrawIntoNowhere() public {
        _close(manufacturer);
        address[2] memory nowhere = [address(0), address(payment)];
        for (uint256 i = 0; i < 2; i++) {
            _expect(abi.encodeWithSelector(PaymentProvider.InvalidRecipient.selector, nowhere[i]));
            vm.prank(customer);
            payment.withdraw(nowhere[i]);
        }
        _expect(abi.encodeWithSelector(PaymentProvider.NotAllowed.selector, stranger, customer));
        vm.prank(stranger);
        payment.withdrawFor(customer, stranger);
    }

    function test_ShouldLetTheActingKeyWithdraw() public {
        _close(manufacturer);
        vm.prank(customer);
        payment.setSigner(acting);
        vm.prank(acting);
        payment.withdrawFor(customer, stranger);
        vm.assertEq(token.balanceOf(stranger), DEPOSIT, "received");
        vm.assertEq(payment.credited(customer), 0, "credited");
    }

    function test_ShouldKeepCreditInOneSlotThatIsNeverEmptied() public {
        // an empty slot would cost 17,100 gas more to fill at the next redemption
        payment.redeem(manufacturer, _byCustomer(1, 10e6));
        vm.record();
        vm.prank(manufacturer);
        payment.withdraw(manufacturer);
        (, bytes32[] memory writes) = vm.accesses(address(payment));
        vm.assertEq(writes.length, 1, "one slot is written");
        vm.assertTrue(vm.load(address(payment), writes[0]) != bytes32(0), "and keeps something");
        vm.assertEq(payment.credited(manufacturer), 0, "credited");
        payment.redeem(manufacturer, _byCustomer(1, 15e6));
        vm.assertEq(payment.credited(manufacturer), 5e6, "credited again");
    }

    function test_ShouldGiveTheSlotUpForAPayeeThatLeaves() public {
        payment.redeem(manufacturer, _byCustomer(1, 10e6));
        vm.record();
        vm.prank(manufacturer);
        payment.withdrawAndLeave(stranger);
        (, bytes32[] memory writes) = vm.accesses(address(payment));
        vm.assertEq(vm.load(address(payment), writes[0]), bytes32(0), "nothing is kept");
        vm.assertEq(token.balanceOf(stranger), 10e6, "received");
        payment.redeem(manufacturer, _byCustomer(1, 15e6));
        vm.assertEq(payment.credited(manufacturer), 5e6, "and it may come back");
    }

    function test_ShouldNotLetAMovedAccountsOwnAddressLeave() public {
        payment.redeem(manufacturer, _byCustomer(1, 10e6));
        _decide(Owners.Kind.MOVE_IDENTITY, manufacturer, uint160(acting));
        payment.adoptMove(manufacturer);
        _expect(abi.encodeWithSelector(PaymentProvider.NotAllowed.selector, manufacturer, manufacturer));
        vm.prank(manufacturer);
        payment.withdrawAndLeave(stranger);
    }

    function test_ShouldEmptyTheSlotOfACustomer() public {
        _close(manufacturer);
        vm.record();
        vm.prank(customer);
        payment.withdraw(customer);
        (, bytes32[] memory writes) = vm.accesses(address(payment));
        vm.assertEq(vm.load(address(payment), writes[0]), bytes32(0), "a refund for the customer");
    }

    function testFuzz_ShouldPayExactlyWhatWasCredited(uint96 first, uint96 second) public {
        first = uint96(_bound(first, 1, DEPOSIT));
        second = uint96(_bound(second, first, DEPOSIT));
        payment.redeem(manufacturer, _byCustomer(1, first));
        vm.prank(manufacturer);
        payment.withdraw(stranger);
        vm.assertEq(token.balanceOf(stranger), first, "first");
        payment.redeem(manufacturer, _byCustomer(1, second));
        if (second == first) return;
        vm.prank(manufacturer);
        payment.withdraw(stranger);
        vm.assertEq(token.balanceOf(stranger), second, "second");
        vm.assertEq(token.balanceOf(address(payment)), DEPOSIT - second, "the rest stays");
    }
}
