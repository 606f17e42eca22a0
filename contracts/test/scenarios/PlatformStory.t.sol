// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Owners} from "../../src/Owners.sol";
import {Parties} from "../../src/Parties.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice The owners' story: they grow, onboard, suspend, reinstate, and help who lost a key.
contract PlatformStoryTest is CremaTest {
    uint256 private constant NEW_KEY = 0xC0FFEE;
    address private second = address(0x02E2);
    address private third = address(0x03E3);
    address private guardian = address(0x61A2D);
    address private moved = vm.addr(NEW_KEY);

    function test_ShouldRunThePlatform() public {
        _grow();
        _suspendAndReinstate();
        _rent();
        _loseTheKey();
        _actByTheNewKey();
        _replaceAnOwner();
    }

    function _vote(Owners.Kind kind, address account, uint256 value) private {
        vm.prank(owner);
        bytes32 proposal = identity.propose(kind, account, value);
        vm.prank(second);
        identity.approve(proposal);
        vm.prank(third);
        identity.execute(proposal);
    }

    /// @dev From one owner to three of whom two decide.
    function _grow() private {
        _decide(Owners.Kind.ADD_OWNER, second, 0);
        _decide(Owners.Kind.ADD_OWNER, third, 0);
        _decide(Owners.Kind.SET_QUORUM, address(0), 2);
        vm.assertEq(identity.owners().length, 3, "three");
        vm.assertEq(identity.quorum(), 2, "of whom two");
    }

    /// @dev One owner suspends at once; only two let the manufacturer back.
    function _suspendAndReinstate() private {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        CremaTypes.Signature memory signature = _signOffer(offer, MANUFACTURER_KEY);
        vm.prank(third);
        identity.suspend(manufacturer);
        _expect(abi.encodeWithSelector(IdentityProvider.MissingRole.selector, manufacturer, 1));
        vm.prank(customer);
        rental.conclude(offer, signature, DEPOSIT, _noPermit());
        _vote(Owners.Kind.REINSTATE, manufacturer, 0);
    }

    /// @dev A rental, and a guardian in time.
    function _rent() private {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        CremaTypes.Signature memory signature = _signOffer(offer, MANUFACTURER_KEY);
        vm.startPrank(customer);
        rental.conclude(offer, signature, DEPOSIT, _noPermit());
        identity.setGuardian(customer, guardian);
        vm.stopPrank();
        payment.redeem(manufacturer, _byCustomer(1, 30e6));
    }

    /// @dev The customer's key is lost; its guardian moves the identity, and PaymentProvider takes the move over.
    function _loseTheKey() private {
        vm.prank(guardian);
        identity.startMove(customer, moved);
        vm.warp(START + 7 days);
        identity.finishMove(customer);
        vm.assertTrue(payment.actsFor(customer, customer), "not before it is taken over");
        vm.prank(stranger);
        payment.adoptMove(customer);
        vm.assertEq(payment.signerOf(customer), moved, "signs");
        vm.assertFalse(payment.actsFor(customer, customer), "the lost key has no say");
        _expect(abi.encodeWithSelector(Parties.NotAllowed.selector, customer, customer));
        vm.prank(customer);
        rental.cancelOffer(1);
    }

    /// @dev What the lost key signed stays payable; the new key signs, closes, and takes the rest out.
    function _actByTheNewKey() private {
        payment.redeem(manufacturer, _byCustomer(1, 40e6));
        payment.redeem(manufacturer, _sign(_unsigned(1, 2, 45e6), NEW_KEY));
        vm.assertEq(payment.credited(manufacturer), 45e6, "both");
        vm.prank(moved);
        payment.requestCloseFor(customer, manufacturer, 1);
        vm.warp(block.timestamp + 7 days);
        vm.startPrank(moved);
        payment.close(customer, manufacturer, 1);
        payment.withdrawFor(customer, moved);
        vm.stopPrank();
        vm.assertEq(token.balanceOf(moved), DEPOSIT - 45e6, "the rest, to the unit");
    }

    /// @dev The second owner leaves; what it approved before counts no more.
    function _replaceAnOwner() private {
        vm.prank(owner);
        bytes32 proposal = identity.propose(Owners.Kind.SET_ROLES, stranger, 63);
        vm.prank(second);
        identity.approve(proposal);
        vm.prank(owner);
        bytes32 removal = identity.propose(Owners.Kind.REMOVE_OWNER, second, 0);
        vm.prank(third);
        identity.approve(removal);
        vm.prank(third);
        identity.execute(removal);
        _expect(abi.encodeWithSelector(Owners.QuorumNotReached.selector, proposal, 1, 2));
        vm.prank(owner);
        identity.execute(proposal);
        vm.assertEq(identity.owners().length, 2, "two");
    }
}
