// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

contract CloseTest is CremaTest {
    uint40 internal constant CLOSE_AT = uint40(START) + uint40(PERIOD) * 60;
    bytes32 internal channel;

    function setUp() public override {
        super.setUp();
        channel = _open(1, DEPOSIT);
    }

    function _request() private {
        vm.prank(customer);
        payment.requestClose(manufacturer, 1);
    }

    function _close(address by) private {
        vm.prank(by);
        payment.close(customer, manufacturer, 1);
    }

    function test_ShouldAnnounceTheCloseAfterTheChallengePeriod() public {
        vm.expectEmit(address(payment));
        emit PaymentProvider.ChannelCloseRequested(channel, CLOSE_AT);
        _request();
        vm.assertEq(_stored(channel).closeAt, CLOSE_AT, "closeAt");
    }

    function test_ShouldLetThePayeeCloseAtOnce() public {
        payment.redeem(manufacturer, _byCustomer(1, 30e6));
        vm.expectEmit(address(payment));
        emit PaymentProvider.ChannelClosed(channel, 30e6, DEPOSIT - 30e6);
        _close(manufacturer);
        Channel memory c = _stored(channel);
        vm.assertEq(c.closeAt, payment.CLOSED(), "closed");
        vm.assertEq(c.deposited, DEPOSIT, "deposited stays");
        vm.assertEq(c.redeemed, 30e6, "redeemed stays");
        vm.assertEq(payment.credited(customer), DEPOSIT - 30e6, "the remainder is the customer's");
        vm.assertEq(payment.credited(manufacturer), 30e6, "the payee's stays");
    }

    function test_ShouldLetTheCustomerCloseInItsWindow() public {
        _request();
        vm.warp(CLOSE_AT - 1);
        _expect(
            abi.encodeWithSelector(PaymentProvider.CloseTooEarly.selector, channel, CLOSE_AT, CLOSE_AT - 1)
        );
        _close(customer);
        vm.warp(CLOSE_AT);
        _close(customer);
        vm.assertEq(payment.credited(customer), DEPOSIT, "credited");
    }

    function test_ShouldLapseSevenDaysLater() public {
        _request();
        uint256 until = uint256(CLOSE_AT) + 7 days;
        vm.warp(until + 1);
        _expect(abi.encodeWithSelector(PaymentProvider.CloseLapsed.selector, channel, until, until + 1));
        _close(customer);
        // a new request starts over
        _request();
        uint256 next = until + 1 + uint256(PERIOD) * 60;
        vm.assertEq(_stored(channel).closeAt, next, "closeAt");
        vm.warp(next + 7 days);
        _close(customer);
    }

    function test_ShouldNotLetTheCustomerCloseUnannounced() public {
        _expect(abi.encodeWithSelector(PaymentProvider.CloseNotRequested.selector, channel));
        _close(customer);
    }

    function test_ShouldNotMoveAPendingRequest() public {
        _request();
        vm.warp(uint256(CLOSE_AT) + 7 days);
        _expect(abi.encodeWithSelector(PaymentProvider.CloseAlreadyRequested.selector, channel, CLOSE_AT));
        _request();
    }

    function test_ShouldRefuseStrangers() public {
        _request();
        vm.warp(CLOSE_AT);
        _expect(abi.encodeWithSelector(PaymentProvider.NotAllowed.selector, stranger, customer));
        _close(stranger);
        _expect(abi.encodeWithSelector(PaymentProvider.NotAllowed.selector, stranger, customer));
        vm.prank(stranger);
        payment.requestCloseFor(customer, manufacturer, 1);
        // a stranger's own channel with this payee does not exist
        bytes32 other = payment.channelId(stranger, manufacturer, 1);
        _expect(abi.encodeWithSelector(PaymentProvider.UnknownChannel.selector, other));
        vm.prank(stranger);
        payment.requestClose(manufacturer, 1);
    }

    function test_ShouldCreditNothingWhenAllIsDrawn() public {
        _open(7, DEPOSIT);
        payment.redeem(manufacturer, _byCustomer(7, DEPOSIT));
        vm.prank(manufacturer);
        vm.record();
        payment.close(customer, manufacturer, 7);
        (, bytes32[] memory writes) = vm.accesses(address(payment));
        vm.assertEq(writes.length, 1, "the channel's slot alone");
        vm.assertEq(payment.credited(customer), 0, "credited");
    }

    function test_ShouldCloseOnlyOnce() public {
        _close(manufacturer);
        _expect(abi.encodeWithSelector(PaymentProvider.ChannelIsClosed.selector, channel));
        _close(manufacturer);
        _expect(abi.encodeWithSelector(PaymentProvider.ChannelIsClosed.selector, channel));
        _request();
        vm.assertEq(payment.credited(customer), DEPOSIT, "credited once");
    }

    function test_ShouldStillRedeemWhileACloseIsPending() public {
        _request();
        vm.warp(uint256(CLOSE_AT) - 1);
        payment.redeem(manufacturer, _byCustomer(1, 30e6));
        vm.warp(CLOSE_AT);
        _close(customer);
        vm.assertEq(payment.credited(customer), DEPOSIT - 30e6, "customer");
        vm.assertEq(payment.credited(manufacturer), 30e6, "manufacturer");
    }

    function testFuzz_ShouldOpenTheWindowOnlyInItsTime(uint32 wait) public {
        wait = uint32(_bound(wait, 0, 60 days));
        _request();
        vm.warp(uint256(START) + wait);
        bool inWindow = block.timestamp >= CLOSE_AT && block.timestamp <= uint256(CLOSE_AT) + 7 days;
        vm.prank(customer);
        try payment.close(customer, manufacturer, 1) {
            vm.assertTrue(inWindow, "closed outside its window");
        } catch {
            vm.assertFalse(inWindow, "refused in its window");
        }
    }
}
