// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ActingKeys} from "../../src/ActingKeys.sol";
import {Owners} from "../../src/Owners.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice A signer takes back what it signed, or another signs in its name.
contract SignerAttacks is CremaTest {
    uint256 internal constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 internal constant NEW_KEY = 0xB1;
    uint40 internal constant OVERLAP = uint40(MAX_PERIOD) * 60;

    function setUp() public override {
        super.setUp();
        _open(1, DEPOSIT);
    }

    function test_ShouldRefuseTheOtherFormOfASignature() public {
        PaymentProvider.Redemption memory r = _byCustomer(1, 10e6);
        uint256 s = uint256(r.vs) & (type(uint256).max >> 1);
        // the mirrored s with the mirrored parity; most of these do not even fit into 255 bits
        uint256 mirrored = (ORDER - s) & (type(uint256).max >> 1);
        r.vs = bytes32(mirrored | (~uint256(r.vs) & (1 << 255)));
        (bool done,) = address(payment).call(abi.encodeCall(payment.redeem, (manufacturer, r)));
        vm.assertFalse(done, "taken");
    }

    function test_ShouldNotLetASignerUnsignByBecomingAContract() public {
        PaymentProvider.Redemption memory direct = _byCustomer(1, 10e6);
        PaymentProvider.BadgedRedemption memory badged = _byEmployee(1, 20e6, _plainBadge());
        // EIP-7702: customer and employee delegate to code that would refuse every signature
        bytes memory delegation = abi.encodePacked(hex"ef0100", address(token));
        vm.etch(customer, delegation);
        vm.etch(employee, delegation);
        payment.redeem(manufacturer, direct);
        payment.redeemWithBadge(manufacturer, badged);
        vm.assertEq(payment.credited(manufacturer), 20e6, "credited");
    }

    function test_ShouldNotLetAContractSign() public {
        vm.prank(customer);
        payment.setSigner(address(token));
        vm.warp(START + OVERLAP);
        PaymentProvider.Redemption memory r = _byCustomer(1, 10e6);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, customer, address(token)));
        payment.redeem(manufacturer, r);
    }

    function test_ShouldNotTakeNobodyForTheSignerOfAnAccountWithoutKey() public {
        // ecrecover answers 0 for a signature that is none, and 0 must not pass for anyone
        vm.prank(address(rental));
        payment.open(address(0), manufacturer, 1, 0, PERIOD);
        vm.prank(customer);
        payment.topUp(address(0), manufacturer, 1, 10e6);
        PaymentProvider.Redemption memory r = _unsigned(1, 1, 10e6);
        r.customer = address(0);
        (bool done,) = address(payment).call(abi.encodeCall(payment.redeem, (manufacturer, r)));
        vm.assertFalse(done, "taken");
        PaymentProvider.BadgedRedemption memory b;
        b.redemption = r;
        b.badge.maxTotal = 10e6;
        b.badge.validUntil = type(uint64).max;
        (done,) = address(payment).call(abi.encodeCall(payment.redeemWithBadge, (manufacturer, b)));
        vm.assertFalse(done, "taken");
    }

    function test_ShouldNotLetAChainOfKeyChangesUnsign() public {
        // the customer's receipt waits at a machine without network, while it changes its key and moves thrice
        PaymentProvider.Redemption memory waiting = _byCustomer(1, 10e6);
        vm.prank(customer);
        payment.setSigner(acting);
        for (uint256 i = 0; i < 3; i++) {
            vm.warp(block.timestamp + 7 days);
            _decide(Owners.Kind.MOVE_IDENTITY, customer, uint160(vm.addr(NEW_KEY + i)));
            payment.adoptMove(customer);
        }
        vm.warp(START + OVERLAP - 1);
        payment.redeem(manufacturer, waiting);
        vm.assertEq(payment.credited(manufacturer), 10e6, "credited");
    }

    function test_ShouldNotLetASecondEpochUnsign() public {
        PaymentProvider.BadgedRedemption memory waiting = _byEmployee(1, 10e6, _plainBadge());
        vm.startPrank(customer);
        payment.raiseEpoch(1);
        _expect(
            abi.encodeWithSelector(ActingKeys.KeyChangePending.selector, customer, uint40(START) + OVERLAP)
        );
        payment.raiseEpoch(2);
        vm.stopPrank();
        vm.warp(START + OVERLAP - 1);
        payment.redeemWithBadge(manufacturer, waiting);
    }

    function test_ShouldEndAThiefsPowerByAMove() public {
        // a thief has the customer's key, names its own signer, and signs a badge for itself
        vm.prank(customer);
        payment.setSigner(stranger);
        _decide(Owners.Kind.MOVE_IDENTITY, customer, uint160(acting));
        payment.adoptMove(customer);
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        address[2] memory thieves = [customer, stranger];
        for (uint256 i = 0; i < 2; i++) {
            _expect(abi.encodeWithSelector(PaymentProvider.NotAllowed.selector, thieves[i], customer));
            vm.prank(thieves[i]);
            payment.withdrawFor(customer, thieves[i]);
            _expect(abi.encodeWithSelector(ActingKeys.NotController.selector, thieves[i], acting));
            vm.prank(thieves[i]);
            payment.setSignerFor(customer, thieves[i]);
        }
        vm.prank(acting);
        payment.withdrawFor(customer, acting);
        vm.assertEq(token.balanceOf(acting), DEPOSIT, "the customer has its money");
    }

    /// @dev A thief that nobody notices for three weeks is its own guardian, and fills the places of displaced keys by
    /// moves. The owners' move is then taken over when the first of them has run out, not before.
    function test_ShouldHoldARescueUpNoLongerThanTheFirstKeyCounts() public {
        vm.startPrank(customer);
        identity.setGuardian(customer, stranger);
        payment.setSigner(acting);
        vm.stopPrank();
        for (uint256 i = 0; i < 3; i++) {
            vm.prank(stranger);
            identity.startMove(customer, vm.addr(NEW_KEY + i));
            vm.warp(START + (i + 1) * 7 days);
            identity.finishMove(customer);
            payment.adoptMove(customer);
        }
        address rescue = vm.addr(NEW_KEY + 9);
        _decide(Owners.Kind.MOVE_IDENTITY, customer, uint160(rescue));
        vm.warp(START + OVERLAP - 1);
        _expect(
            abi.encodeWithSelector(ActingKeys.TooManyDisplaced.selector, customer, uint40(START) + OVERLAP)
        );
        payment.adoptMove(customer);
        vm.warp(START + OVERLAP);
        payment.adoptMove(customer);
        vm.assertFalse(payment.actsFor(customer, vm.addr(NEW_KEY + 2)), "the thief");
        vm.assertTrue(payment.actsFor(customer, rescue), "the customer");
    }

    function test_ShouldNotCountAThiefsBadgeAfterTheOverlap() public {
        _decide(Owners.Kind.MOVE_IDENTITY, customer, uint160(acting));
        payment.adoptMove(customer);
        // signed with the stolen key, now or later: it cannot be told from one signed before
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 10e6, _plainBadge(), CUSTOMER_KEY);
        vm.warp(START + OVERLAP);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, customer, acting));
        payment.redeemWithBadge(manufacturer, r);
    }
}
