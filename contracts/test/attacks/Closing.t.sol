// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice A customer wants its credit back before the receipts arrive, or a stranger wants to move its timers.
contract ClosingAttacks is CremaTest {
    uint256 internal constant PERIOD_SECONDS = uint256(PERIOD) * 60;
    uint40 internal constant CLOSE_AT = uint40(START) + uint40(PERIOD) * 60;

    function setUp() public override {
        super.setUp();
        _open(1, DEPOSIT);
    }

    function _request() private returns (bool done) {
        vm.prank(customer);
        (done,) = address(payment).call(abi.encodeCall(payment.requestClose, (manufacturer, 1)));
    }

    function _close() private returns (bool done) {
        vm.prank(customer);
        (done,) = address(payment).call(abi.encodeCall(payment.close, (customer, manufacturer, 1)));
    }

    function test_ShouldNotKeepARequestArmed() public {
        // the customer would like a request that it can use on any later day without warning
        _request();
        vm.warp(uint256(CLOSE_AT) + 7 days);
        vm.assertFalse(_request(), "cannot be renewed while it counts");
        vm.warp(uint256(CLOSE_AT) + 7 days + 1);
        vm.assertFalse(_close(), "lapsed");
        vm.assertTrue(_request(), "renewed only by waiting the whole period again");
        vm.warp(block.timestamp + PERIOD_SECONDS - 1);
        vm.assertFalse(_close(), "not before");
    }

    function test_ShouldOpenAndShutTheWindowToTheSecond() public {
        _request();
        uint256[4] memory times =
            [uint256(CLOSE_AT) - 1, CLOSE_AT, uint256(CLOSE_AT) + 7 days, uint256(CLOSE_AT) + 7 days + 1];
        for (uint64 i = 0; i < 4; i++) {
            if (i > 0) {
                vm.warp(START);
                _open(i + 1, DEPOSIT);
                vm.prank(customer);
                payment.requestClose(manufacturer, i + 1);
            }
            vm.warp(times[i]);
            vm.prank(customer);
            (bool done,) =
                address(payment).call(abi.encodeCall(payment.close, (customer, manufacturer, i + 1)));
            vm.assertEq(done, i == 1 || i == 2, "window");
        }
    }

    function test_ShouldPayWhatArrivesInTheSecondBefore() public {
        _request();
        vm.warp(CLOSE_AT);
        // same block, the redemption first
        payment.redeem(manufacturer, _byCustomer(1, 60e6));
        vm.assertTrue(_close(), "closed");
        vm.assertEq(payment.credited(manufacturer), 60e6, "paid");
        vm.assertEq(payment.credited(customer), DEPOSIT - 60e6, "remainder");
    }

    function test_ShouldLetNoThirdPartyMoveATimer() public {
        _request();
        token.mint(stranger, 10e6);
        vm.startPrank(stranger);
        token.approve(address(payment), 10e6);
        // dust, again and again
        for (uint256 i = 0; i < 3; i++) {
            payment.topUp(customer, manufacturer, 1, 1);
        }
        vm.stopPrank();
        vm.prank(stranger);
        payment.redeem(manufacturer, _byCustomer(1, 1));
        vm.prank(address(rental));
        (bool opened,) =
            address(payment).call(abi.encodeCall(payment.open, (customer, manufacturer, 1, DEPOSIT, PERIOD)));
        vm.assertFalse(opened, "opened again");
        vm.assertEq(_stored(_id(1)).closeAt, CLOSE_AT, "closeAt");
        vm.warp(CLOSE_AT);
        vm.assertTrue(_close(), "closed");
    }

    function test_ShouldRefuseATopUpOfNothing() public {
        _expect(abi.encodeWithSelector(PaymentProvider.ZeroAmount.selector));
        vm.prank(stranger);
        payment.topUp(customer, manufacturer, 1, 0);
    }

    function test_ShouldNotLetAStrangerArmOrClose() public {
        vm.startPrank(stranger);
        _expect(abi.encodeWithSelector(PaymentProvider.NotAllowed.selector, stranger, customer));
        payment.requestCloseFor(customer, manufacturer, 1);
        _expect(abi.encodeWithSelector(PaymentProvider.NotAllowed.selector, stranger, customer));
        payment.close(customer, manufacturer, 1);
    }

    function test_ShouldNotLetATopUpBringBackAClosedChannel() public {
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        _expect(abi.encodeWithSelector(PaymentProvider.ChannelIsClosed.selector, _id(1)));
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, 1);
    }

    function test_ShouldPayTheRemainderOnce() public {
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        vm.assertFalse(_close(), "closed twice");
        vm.prank(customer);
        payment.withdraw(customer);
        _expect(abi.encodeWithSelector(PaymentProvider.NothingCredited.selector, customer));
        vm.prank(customer);
        payment.withdraw(customer);
        vm.assertEq(token.balanceOf(address(payment)), 0, "held");
    }
}
