// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTestToken} from "../../src/CremaTestToken.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {FeeToken} from "../support/Tokens.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

contract OpenTest is CremaTest {
    function test_ShouldOpenAndFund() public {
        bytes32 channel = _id(1);
        vm.expectEmit(address(payment));
        emit PaymentProvider.ChannelOpened(channel, customer, manufacturer, 1, DEPOSIT, PERIOD);
        vm.assertEq(_open(1, DEPOSIT), channel, "id");
        Channel memory c = _stored(channel);
        vm.assertEq(c.deposited, DEPOSIT, "deposited");
        vm.assertEq(c.redeemed, 0, "redeemed");
        vm.assertEq(c.closeAt, 0, "closeAt");
        vm.assertEq(c.periodMinutes, PERIOD, "period");
        vm.assertEq(token.balanceOf(address(payment)), DEPOSIT, "held");
        vm.assertEq(payment.channelId(customer, manufacturer, 1), channel, "channelId");
    }

    function test_ShouldOpenWithoutFunds() public {
        bytes32 channel = _open(1, 0);
        vm.assertEq(_stored(channel).periodMinutes, PERIOD, "open");
    }

    function test_ShouldKeepAChannelInOneSlot() public {
        vm.record();
        bytes32 channel = _open(1, DEPOSIT);
        (, bytes32[] memory writes) = vm.accesses(address(payment));
        vm.assertEq(writes.length, 1, "one slot is written");
        vm.assertEq(_stored(channel).deposited, DEPOSIT, "deposited");
    }

    function test_ShouldRefuseAnyoneButTheOpener() public {
        _expect(abi.encodeWithSelector(PaymentProvider.NotOpener.selector, customer, address(rental)));
        vm.prank(customer);
        payment.open(customer, manufacturer, 1, DEPOSIT, PERIOD);
    }

    function test_ShouldRefuseAPeriodOutOfBounds() public {
        uint24[2] memory periods = [MIN_PERIOD - 1, MAX_PERIOD + 1];
        for (uint256 i = 0; i < 2; i++) {
            _expect(
                abi.encodeWithSelector(
                    PaymentProvider.PeriodOutOfBounds.selector, periods[i], MIN_PERIOD, MAX_PERIOD
                )
            );
            vm.prank(address(rental));
            payment.open(customer, manufacturer, 1, DEPOSIT, periods[i]);
        }
    }

    function test_ShouldOpenAtEitherBound() public {
        vm.startPrank(address(rental));
        payment.open(customer, manufacturer, 1, DEPOSIT, MIN_PERIOD);
        payment.open(customer, manufacturer, 2, DEPOSIT, MAX_PERIOD);
        vm.stopPrank();
        vm.assertEq(_stored(_id(1)).periodMinutes, MIN_PERIOD, "shortest");
        vm.assertEq(_stored(_id(2)).periodMinutes, MAX_PERIOD, "longest");
        // one length for all channels
        vm.assertEq(new PaymentProvider(token, identity, address(this), 5, 5).maxPeriodMinutes(), 5, "equal");
    }

    function test_ShouldNeverUseAnIndexTwice() public {
        bytes32 channel = _open(1, DEPOSIT);
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        _expect(abi.encodeWithSelector(PaymentProvider.ChannelExists.selector, channel));
        vm.prank(address(rental));
        payment.open(customer, manufacturer, 1, DEPOSIT, PERIOD);
    }

    function test_ShouldRefuseATokenThatTakesAFee() public {
        FeeToken fee = new FeeToken();
        PaymentProvider other = new PaymentProvider(fee, identity, address(this), MIN_PERIOD, MAX_PERIOD);
        fee.mint(customer, DEPOSIT);
        vm.prank(customer);
        fee.approve(address(other), DEPOSIT);
        _expect(abi.encodeWithSelector(PaymentProvider.UnexpectedAmount.selector, DEPOSIT, DEPOSIT - 1));
        other.open(customer, manufacturer, 1, DEPOSIT, PERIOD);
    }

    function test_ShouldRefuseSenselessConstants() public {
        CremaTestToken t = token;
        _expect(abi.encodeWithSelector(PaymentProvider.ZeroAddress.selector));
        new PaymentProvider(IERC20(address(0)), identity, address(this), 1, 2);
        _expect(abi.encodeWithSelector(PaymentProvider.ZeroAddress.selector));
        new PaymentProvider(t, identity, address(0), 1, 2);
        _expect(abi.encodeWithSelector(PaymentProvider.ZeroAddress.selector));
        new PaymentProvider(t, IdentityProvider(address(0)), address(this), 1, 2);
        _expect(abi.encodeWithSelector(PaymentProvider.PeriodBoundsInvalid.selector, 0, 2));
        new PaymentProvider(t, identity, address(this), 0, 2);
        _expect(abi.encodeWithSelector(PaymentProvider.PeriodBoundsInvalid.selector, 3, 2));
        new PaymentProvider(t, identity, address(this), 3, 2);
    }
}
