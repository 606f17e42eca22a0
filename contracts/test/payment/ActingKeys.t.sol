// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ActingKeys} from "../../src/ActingKeys.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

contract ActingKeysTest is CremaTest {
    uint40 internal constant UNTIL = uint40(START) + uint40(MAX_PERIOD) * 60;

    function setUp() public override {
        super.setUp();
        _open(1, DEPOSIT);
    }

    function _raise(uint32 epoch) private {
        vm.prank(customer);
        payment.raiseEpoch(epoch);
    }

    function _name(address signer) private {
        vm.prank(customer);
        payment.setSigner(signer);
    }

    function _badgeOf(uint32 epoch) private view returns (PaymentProvider.Badge memory badge) {
        badge = _plainBadge();
        badge.epoch = epoch;
    }

    function test_ShouldKeepTheStateInOneSlot() public {
        vm.expectEmit(address(payment));
        emit ActingKeys.ActingKeyChanged(customer, 3, address(0), UNTIL);
        _raise(3);
        ActingKeys.ActingKey memory key = payment.actingKeys(customer);
        vm.assertEq(key.epoch, 3, "epoch");
        vm.assertEq(key.previousUntil, UNTIL, "previousUntil");
        vm.assertEq(key.signer, address(0), "signer");
        vm.assertEq(payment.signerOf(customer), customer, "signerOf");
    }

    function test_ShouldBindRedemptionToARaisedEpochOnlyAfterTheLongestPeriod() public {
        _raise(1);
        PaymentProvider.BadgedRedemption memory old = _byEmployee(1, 10e6, _badgeOf(0));
        payment.redeemWithBadge(manufacturer, old);
        vm.warp(UNTIL - 1);
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 20e6, _badgeOf(0)));
        vm.warp(UNTIL);
        PaymentProvider.BadgedRedemption memory late = _byEmployee(1, 30e6, _badgeOf(0));
        _expect(abi.encodeWithSelector(PaymentProvider.BadgeRevoked.selector, 0, 1));
        payment.redeemWithBadge(manufacturer, late);
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 30e6, _badgeOf(1)));
        vm.assertEq(payment.credited(manufacturer), 30e6, "credited");
    }

    function test_ShouldKeepWhatWasRevokedBeforeRevoked() public {
        _raise(1);
        vm.warp(UNTIL);
        _raise(2);
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 10e6, _badgeOf(0));
        _expect(abi.encodeWithSelector(PaymentProvider.BadgeRevoked.selector, 0, 1));
        payment.redeemWithBadge(manufacturer, r);
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 10e6, _badgeOf(1)));
    }

    function test_ShouldAllowNoSecondChangeMeanwhile() public {
        _raise(1);
        vm.warp(UNTIL - 1);
        _expect(abi.encodeWithSelector(ActingKeys.KeyChangePending.selector, customer, UNTIL));
        _raise(2);
        _expect(abi.encodeWithSelector(ActingKeys.KeyChangePending.selector, customer, UNTIL));
        _name(acting);
        vm.warp(UNTIL);
        _raise(2);
    }

    function test_ShouldRefuseAnEpochThatIsNotHigher() public {
        _expect(abi.encodeWithSelector(ActingKeys.EpochNotRaised.selector, 0, 0));
        _raise(0);
        _raise(5);
        _expect(abi.encodeWithSelector(ActingKeys.EpochNotRaised.selector, 4, 5));
        _raise(4);
    }

    function test_ShouldCountTheOldAndTheNewSignerDuringTheOverlap() public {
        _name(acting);
        vm.assertEq(payment.signerOf(customer), acting, "signerOf");
        payment.redeem(manufacturer, _byCustomer(1, 10e6));
        payment.redeem(manufacturer, _sign(_unsigned(1, 2, 20e6), ACTING_KEY));
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 30e6, _badgeOf(0)));
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 40e6, _badgeOf(0), ACTING_KEY));
        vm.assertEq(payment.credited(manufacturer), 40e6, "credited");
    }

    function test_ShouldDropTheOldSignerAfterTheOverlap() public {
        _name(acting);
        vm.warp(UNTIL);
        PaymentProvider.Redemption memory direct = _byCustomer(1, 10e6);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, customer, acting));
        payment.redeem(manufacturer, direct);
        PaymentProvider.BadgedRedemption memory badged = _byEmployee(1, 10e6, _badgeOf(0));
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, customer, acting));
        payment.redeemWithBadge(manufacturer, badged);
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 10e6, _badgeOf(0), ACTING_KEY));
    }

    function test_ShouldTakeTheCallerItselfForNoSigner() public {
        _name(acting);
        vm.warp(UNTIL);
        _name(customer);
        vm.assertEq(payment.actingKeys(customer).signer, address(0), "signer");
        _expect(abi.encodeWithSelector(ActingKeys.SignerUnchanged.selector, address(0)));
        _name(address(0));
    }

    function test_ShouldNotLetOneCustomersKeySignForAnother() public {
        vm.prank(stranger);
        payment.setSigner(acting);
        PaymentProvider.Redemption memory r = _sign(_unsigned(1, 1, 10e6), ACTING_KEY);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, acting, customer));
        payment.redeem(manufacturer, r);
    }

    function test_ShouldLetTheActingKeyCloseAndWithdraw() public {
        _name(acting);
        vm.startPrank(acting);
        payment.requestCloseFor(customer, manufacturer, 1);
        vm.warp(START + uint256(PERIOD) * 60);
        payment.close(customer, manufacturer, 1);
        payment.withdrawFor(customer, acting);
        vm.assertEq(token.balanceOf(acting), DEPOSIT, "withdrawn");
    }

    function test_ShouldNotLetTheReplacedKeyAct() public {
        _name(acting);
        vm.warp(UNTIL);
        _name(address(0));
        _expect(abi.encodeWithSelector(PaymentProvider.NotAllowed.selector, acting, customer));
        vm.prank(acting);
        payment.requestCloseFor(customer, manufacturer, 1);
        vm.assertFalse(payment.actsFor(customer, address(0)), "nobody is no acting key");
    }

    function testFuzz_ShouldCountExactlyTheEpochsInForce(
        uint32 first,
        uint32 second,
        uint32 badge,
        uint32 wait
    ) public {
        first = uint32(_bound(first, 1, type(uint32).max - 1));
        second = uint32(_bound(second, uint256(first) + 1, type(uint32).max));
        _raise(first);
        vm.warp(UNTIL);
        _raise(second);
        uint256 until = uint256(UNTIL) + uint256(MAX_PERIOD) * 60;
        wait = uint32(_bound(wait, 0, 60 days));
        PaymentProvider.Badge memory b = _badgeOf(badge);
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 10e6, b);
        vm.warp(uint256(UNTIL) + wait);
        uint32 binding = block.timestamp < until ? first : second;
        if (badge < binding) {
            _expect(abi.encodeWithSelector(PaymentProvider.BadgeRevoked.selector, badge, binding));
        }
        payment.redeemWithBadge(manufacturer, r);
    }
}
