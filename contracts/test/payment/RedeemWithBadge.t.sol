// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

contract RedeemWithBadgeTest is CremaTest {
    bytes32 internal channel;

    function setUp() public override {
        super.setUp();
        channel = _open(1, DEPOSIT);
    }

    function test_ShouldPayAgainstABadgeForAllChannels() public {
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 30e6, _plainBadge()));
        vm.assertEq(payment.credited(manufacturer), 30e6, "credited");
    }

    function test_ShouldPayAgainstABadgeForThisChannel() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.channel = channel;
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 30e6, badge));
        vm.assertEq(payment.credited(manufacturer), 30e6, "credited");
    }

    function test_ShouldRefuseABadgeForAnotherChannel() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.channel = _id(2);
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 30e6, badge);
        _expect(abi.encodeWithSelector(PaymentProvider.BadgeForOtherChannel.selector, _id(2), channel));
        payment.redeemWithBadge(manufacturer, r);
    }

    function test_ShouldPayUpToTheCapAndNotAbove() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.maxTotal = 30e6;
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 30e6, badge));
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 30e6 + 1, badge);
        _expect(abi.encodeWithSelector(PaymentProvider.BadgeCapExceeded.selector, 30e6 + 1, 30e6));
        payment.redeemWithBadge(manufacturer, r);
    }

    function test_ShouldRefuseABadgeBeforeItIsValid() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.validFrom = START + 1;
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 30e6, badge);
        _expect(abi.encodeWithSelector(PaymentProvider.BadgeNotYetValid.selector, START + 1, START));
        payment.redeemWithBadge(manufacturer, r);
        vm.warp(START + 1);
        payment.redeemWithBadge(manufacturer, r);
        vm.assertEq(payment.credited(manufacturer), 30e6, "credited");
    }

    function test_ShouldCountABadgeOneChallengePeriodLonger() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.validUntil = START + 1 days;
        uint256 last = uint256(badge.validUntil) + uint256(PERIOD) * 60;
        PaymentProvider.BadgedRedemption memory inTime = _byEmployee(1, 30e6, badge);
        PaymentProvider.BadgedRedemption memory late = _byEmployee(1, 40e6, badge);
        vm.warp(last);
        payment.redeemWithBadge(manufacturer, inTime);
        vm.warp(last + 1);
        _expect(abi.encodeWithSelector(PaymentProvider.BadgeExpired.selector, last, last + 1));
        payment.redeemWithBadge(manufacturer, late);
        // but what was paid may be sent again
        payment.redeemWithBadge(manufacturer, inTime);
        vm.assertEq(payment.credited(manufacturer), 30e6, "credited");
    }

    function test_ShouldAcceptABadgeThatNeverExpires() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.validUntil = type(uint64).max;
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 30e6, badge));
        vm.assertEq(payment.credited(manufacturer), 30e6, "credited");
    }

    function test_ShouldRefuseAReceiptOfAnotherEmployee() public {
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 30e6, _plainBadge());
        r.redemption = _sign(r.redemption, STRANGER_KEY);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, stranger, employee));
        payment.redeemWithBadge(manufacturer, r);
    }

    function test_ShouldRefuseABadgeOfAnotherSigner() public {
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 30e6, _plainBadge(), STRANGER_KEY);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, stranger, customer));
        payment.redeemWithBadge(manufacturer, r);
    }

    function test_ShouldRefuseABadgeTheEmployeeMadeForItself() public {
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 30e6, _plainBadge(), EMPLOYEE_KEY);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, employee, customer));
        payment.redeemWithBadge(manufacturer, r);
    }

    function test_ShouldRefuseABadgeWithoutSignature() public {
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 30e6, _plainBadge());
        (r.badge.r, r.badge.vs) = (0, 0);
        _expect(abi.encodeWithSelector(PaymentProvider.InvalidSignature.selector, _badgeDigest(r.badge)));
        payment.redeemWithBadge(manufacturer, r);
    }

    /// @dev Whoever recovers to nobody must not be taken for the employee of a badge that names nobody.
    function test_ShouldRefuseAReceiptWithoutSignatureEvenForNobodysBadge() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.employee = address(0);
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 30e6, badge);
        (r.redemption.r, r.redemption.vs) = (0, 0);
        _expect(
            abi.encodeWithSelector(PaymentProvider.InvalidSignature.selector, _receiptDigest(r.redemption))
        );
        payment.redeemWithBadge(manufacturer, r);
    }

    function test_ShouldRefuseTheEmployeesReceiptWithoutItsBadge() public {
        PaymentProvider.Redemption memory r = _sign(_unsigned(1, 1, 30e6), EMPLOYEE_KEY);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, employee, customer));
        payment.redeem(manufacturer, r);
    }

    function testFuzz_ShouldBindTotalAndTime(uint96 total, uint96 cap, uint32 wait, uint32 life) public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.maxTotal = cap;
        badge.validUntil = START + life;
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, total, badge);
        vm.warp(uint256(START) + wait);
        bool counts = total <= cap && wait <= uint256(life) + uint256(PERIOD) * 60;
        try payment.redeemWithBadge(manufacturer, r) {
            vm.assertTrue(counts || total == 0, "accepted");
            vm.assertEq(payment.credited(manufacturer), total < DEPOSIT ? total : DEPOSIT, "credited");
        } catch {
            vm.assertFalse(counts, "refused");
        }
    }
}
