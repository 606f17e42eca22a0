// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {Permits} from "../../src/Permits.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {FeeToken, HookToken, PlainToken} from "../support/Tokens.sol";

contract TopUpTest is CremaTest {
    function test_ShouldLetAnyoneTopUp() public {
        bytes32 channel = _open(1, DEPOSIT);
        token.mint(stranger, 5e6);
        vm.startPrank(stranger);
        token.approve(address(payment), 5e6);
        vm.expectEmit(address(payment));
        emit PaymentProvider.ChannelToppedUp(channel, stranger, 5e6, DEPOSIT + 5e6);
        payment.topUp(customer, manufacturer, 1, 5e6);
        vm.assertEq(_stored(channel).deposited, DEPOSIT + 5e6, "deposited");
        vm.assertEq(token.balanceOf(address(payment)), DEPOSIT + 5e6, "held");
    }

    function test_ShouldNeverTouchATimer() public {
        bytes32 channel = _open(1, DEPOSIT);
        vm.prank(customer);
        payment.requestClose(manufacturer, 1);
        uint40 closeAt = _stored(channel).closeAt;
        vm.warp(START + 3 days);
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, 1);
        vm.assertEq(_stored(channel).closeAt, closeAt, "closeAt");
    }

    function test_ShouldTopUpWithAPermit() public {
        bytes32 channel = _open(1, DEPOSIT);
        token.mint(stranger, 5e6);
        Permits.Permit memory permit = _permit(STRANGER_KEY, 5e6, START + 1);
        vm.prank(stranger);
        payment.topUpWithPermit(customer, manufacturer, 1, 5e6, permit);
        vm.assertEq(_stored(channel).deposited, DEPOSIT + 5e6, "deposited");
    }

    function test_ShouldIgnoreAUsedPermitWhileTheAllowanceSuffices() public {
        bytes32 channel = _open(1, DEPOSIT);
        token.mint(stranger, 5e6);
        Permits.Permit memory p = _permit(STRANGER_KEY, 5e6, START + 1);
        uint8 v = uint8(uint256(p.vs) >> 255) + 27;
        bytes32 s = bytes32(uint256(p.vs) & (type(uint256).max >> 1));
        token.permit(stranger, address(payment), 5e6, p.deadline, v, p.r, s);
        vm.prank(stranger);
        payment.topUpWithPermit(customer, manufacturer, 1, 5e6, p);
        vm.assertEq(_stored(channel).deposited, DEPOSIT + 5e6, "deposited");
    }

    function test_ShouldNameAnAllowanceThatIsTooSmall() public {
        _open(1, DEPOSIT);
        Permits.Permit memory expired = _permit(STRANGER_KEY, 5e6, START - 1);
        _expect(abi.encodeWithSelector(Permits.AllowanceTooSmall.selector, stranger, 0, 5e6));
        vm.prank(stranger);
        payment.topUpWithPermit(customer, manufacturer, 1, 5e6, expired);
    }

    function test_ShouldTakeATokenWithoutPermit() public {
        PlainToken plain = new PlainToken();
        PaymentProvider other = new PaymentProvider(plain, identity, address(this), MIN_PERIOD, MAX_PERIOD);
        other.open(customer, manufacturer, 1, 0, PERIOD);
        plain.mint(stranger, 5);
        Permits.Permit memory any = Permits.Permit(5, START, bytes32(0), bytes32(0));
        vm.startPrank(stranger);
        plain.approve(address(other), 5);
        other.topUpWithPermit(customer, manufacturer, 1, 5, any);
        vm.assertEq(plain.balanceOf(address(other)), 5, "held");
    }

    function test_ShouldRefuseAnUnknownChannel() public {
        _expect(abi.encodeWithSelector(PaymentProvider.UnknownChannel.selector, _id(9)));
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 9, 1);
    }

    function test_ShouldRefuseAClosedChannel() public {
        bytes32 channel = _open(1, DEPOSIT);
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        _expect(abi.encodeWithSelector(PaymentProvider.ChannelIsClosed.selector, channel));
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, 1);
    }

    function test_ShouldRefuseNothingAndTooMuch() public {
        bytes32 channel = _open(1, DEPOSIT);
        _expect(abi.encodeWithSelector(PaymentProvider.ZeroAmount.selector));
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, 0);
        uint96 most = type(uint96).max;
        _expect(abi.encodeWithSelector(PaymentProvider.DepositTooLarge.selector, channel, DEPOSIT, most));
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, most);
    }

    function test_ShouldTakeAllThatAChannelCanHold() public {
        bytes32 channel = _open(1, DEPOSIT);
        uint96 rest = type(uint96).max - DEPOSIT;
        token.mint(customer, rest);
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, rest);
        vm.assertEq(_stored(channel).deposited, type(uint96).max, "deposited");
    }

    function test_ShouldRefuseATokenThatTakesAFee() public {
        FeeToken fee = new FeeToken();
        PaymentProvider other = new PaymentProvider(fee, identity, address(this), MIN_PERIOD, MAX_PERIOD);
        other.open(customer, manufacturer, 1, 0, PERIOD);
        fee.mint(stranger, 100);
        vm.startPrank(stranger);
        fee.approve(address(other), 100);
        _expect(abi.encodeWithSelector(PaymentProvider.UnexpectedAmount.selector, 100, 99));
        other.topUp(customer, manufacturer, 1, 100);
    }

    function test_ShouldNotCountATransferTwiceWhenATokenCallsBack() public {
        HookToken hooked = new HookToken();
        PaymentProvider other = new PaymentProvider(hooked, identity, address(this), MIN_PERIOD, MAX_PERIOD);
        other.open(customer, manufacturer, 1, 0, PERIOD);
        hooked.mint(stranger, 100);
        hooked.mint(address(hooked), 100);
        vm.prank(address(hooked));
        hooked.approve(address(other), 100);
        vm.prank(stranger);
        hooked.approve(address(other), 100);
        // while the stranger's tokens are on their way, the token itself tops up too
        hooked.hook(address(other), abi.encodeCall(other.topUp, (customer, manufacturer, 1, 100)));
        _expect(abi.encodeWithSelector(PaymentProvider.UnexpectedAmount.selector, 100, 200));
        vm.prank(stranger);
        other.topUp(customer, manufacturer, 1, 100);
    }
}
