// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice A badge is stretched beyond what the customer signed, each edge of its grace by the second.
contract BadgeAttacks is CremaTest {
    uint40 internal constant OVERLAP = uint40(MAX_PERIOD) * 60;
    uint256 internal constant GRACE = uint256(PERIOD) * 60;

    function setUp() public override {
        super.setUp();
        _open(1, DEPOSIT);
    }

    function _pays(PaymentProvider.BadgedRedemption memory r, uint256 time) private returns (bool done) {
        vm.warp(time);
        (done,) = address(payment).call(abi.encodeCall(payment.redeemWithBadge, (manufacturer, r)));
    }

    function test_ShouldBindTheTotalToTheCapToTheUnit() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.maxTotal = 30e6;
        vm.assertFalse(_pays(_byEmployee(1, 30e6 + 1, badge), START), "one unit beyond");
        vm.assertTrue(_pays(_byEmployee(1, 30e6, badge), START), "the cap itself");
        // a top-up makes the deposit larger, never the cap
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, 500e6);
        vm.assertFalse(_pays(_byEmployee(1, 31e6, badge), START), "still capped");
    }

    function test_ShouldBindEachFieldOfTheBadge() public {
        for (uint256 i = 0; i < 6; i++) {
            PaymentProvider.Badge memory badge = _plainBadge();
            badge.maxTotal = 5e6;
            PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 6e6, badge);
            if (i == 0) r.badge.maxTotal = 6e6;
            if (i == 1) (r.badge.maxTotal, r.badge.epoch) = (6e6, 1);
            if (i == 2) (r.badge.maxTotal, r.badge.validUntil) = (6e6, type(uint64).max);
            if (i == 3) (r.badge.maxTotal, r.badge.validFrom) = (6e6, 0);
            if (i == 4) (r.badge.maxTotal, r.badge.channel) = (6e6, _id(1));
            if (i == 5) {
                (r.badge.maxTotal, r.badge.employee) = (6e6, stranger);
                r.redemption = _sign(r.redemption, STRANGER_KEY);
            }
            vm.assertFalse(_pays(r, START), "a changed badge");
        }
    }

    function test_ShouldRefuseTheBadgeOfAnotherCustomer() public {
        // the stranger signs a badge for the employee; it is good for the stranger's channels only
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 6e6, _plainBadge(), STRANGER_KEY);
        vm.assertFalse(_pays(r, START), "taken");
    }

    function test_ShouldHoldEachEdgeOfTheTimeOfABadge() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.validFrom = START + 10;
        badge.validUntil = START + 20;
        vm.assertFalse(_pays(_byEmployee(1, 1e6, badge), START + 9), "before");
        vm.assertTrue(_pays(_byEmployee(1, 1e6, badge), START + 10), "its first second");
        vm.assertTrue(_pays(_byEmployee(1, 2e6, badge), START + 20), "its last second");
        vm.assertTrue(_pays(_byEmployee(1, 3e6, badge), START + 21), "grace");
        vm.assertTrue(_pays(_byEmployee(1, 4e6, badge), START + 20 + GRACE), "the last second of grace");
        vm.assertFalse(_pays(_byEmployee(1, 5e6, badge), START + 21 + GRACE), "beyond");
    }

    function test_ShouldHoldEachEdgeOfARevokedEpoch() public {
        vm.prank(customer);
        payment.raiseEpoch(1);
        vm.assertTrue(_pays(_byEmployee(1, 1e6, _plainBadge()), START), "the same second");
        vm.assertTrue(_pays(_byEmployee(1, 2e6, _plainBadge()), START + OVERLAP - 1), "the last second");
        vm.assertFalse(_pays(_byEmployee(1, 3e6, _plainBadge()), START + OVERLAP), "beyond");
    }

    function test_ShouldHoldTheEarlierOfBothEnds() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.validUntil = START + 20;
        vm.prank(customer);
        payment.raiseEpoch(1);
        // the grace of an expired badge ends before the overlap of the epochs does
        vm.assertTrue(_pays(_byEmployee(1, 1e6, badge), START + 20 + GRACE), "grace");
        vm.assertFalse(_pays(_byEmployee(1, 2e6, badge), START + 21 + GRACE), "expired");
    }

    function test_ShouldTakeABadgeOfALaterEpoch() public {
        // it is the customer's own: signed ahead of the change that will make it the lowest that counts
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.epoch = type(uint32).max;
        vm.assertTrue(_pays(_byEmployee(1, 1e6, badge), START), "later epoch");
    }

    function test_ShouldNotAddUpTimesBeyondTheirBits() public {
        PaymentProvider.Badge memory badge = _plainBadge();
        badge.validUntil = type(uint64).max;
        vm.assertTrue(_pays(_byEmployee(1, 1e6, badge), type(uint40).max), "no wrap");
    }
}
