// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {Downtime} from "../../src/Downtime.sol";
import {Owners} from "../../src/Owners.sol";
import {Parties} from "../../src/Parties.sol";
import {RentalTerm} from "../../src/RentalTerm.sol";
import {Rentals} from "../../src/Rentals.sol";
import {RentalTest} from "./RentalTest.sol";

contract BondTest is RentalTest {
    function _refuse(CremaTypes.Offer memory o, bytes memory failure) private {
        CremaTypes.Signature memory signature = _signOffer(o, MANUFACTURER_KEY);
        _expect(failure);
        vm.prank(customer);
        rental.conclude(o, signature, DEPOSIT, _noPermit());
    }

    function test_ShouldReserveTheBond() public {
        CremaTypes.Offer memory o = _bonded(2);
        bytes32 expected = rental.offerDigest(o);
        vm.expectEmit(address(rental));
        emit Downtime.BondReserved(expected, BOND);
        _conclude(o);
        _balances(BALANCE - 2 * BOND, 2 * BOND, 0);
        vm.assertEq(rental.rentals(expected).customer, customer, "customer");
        vm.assertEq(rental.rentals(expected).startedAt, 0, "not begun");
    }

    function test_RevertWhen_TheBalanceIsTooSmall() public {
        CremaTypes.Offer memory o = _bonded(2);
        o.terms.bond = BALANCE - BOND + 1;
        _refuse(
            o,
            abi.encodeWithSelector(
                Accounts.InsufficientBalance.selector, manufacturer, BALANCE - BOND, BALANCE - BOND + 1
            )
        );
        vm.assertFalse(rental.nonceUsed(manufacturer, 2), "nonce");
    }

    function test_RevertWhen_TheTermIsOutOfBounds() public {
        CremaTypes.Offer memory o = _bonded(2);
        o.terms.minimumTerm = type(uint64).max;
        _refuse(
            o, abi.encodeWithSelector(RentalTerm.MinimumTermTooLong.selector, type(uint64).max, 3650 days)
        );
        o.terms.minimumTerm = 3650 days;
        o.terms.notice = 365 days + 1;
        _refuse(o, abi.encodeWithSelector(RentalTerm.NoticeTooLong.selector, 365 days + 1, 365 days));
        o.terms.notice = 365 days;
        _conclude(o);
    }

    function test_RevertWhen_TheCustomerActsByAnotherKey() public {
        vm.prank(owner);
        identity.onboard(stranger, 2, 0);
        vm.prank(owner);
        bytes32 proposal = identity.propose(Owners.Kind.MOVE_IDENTITY, customer, uint160(stranger));
        vm.prank(owner);
        identity.execute(proposal);
        payment.adoptMove(customer);
        _refuse(_bonded(2), abi.encodeWithSelector(Parties.NotAllowed.selector, customer, customer));
    }

    // --- releaseBond

    function test_RevertWhen_TheBondIsBound() public {
        _expect(abi.encodeWithSelector(Rentals.RentalNotTerminated.selector, id));
        rental.releaseBond(offer, customer);
        _terminate(customer);
        uint256 until = START + 30 days + 30 days;
        vm.warp(until - 1);
        _expect(abi.encodeWithSelector(Downtime.BondBound.selector, id, until, until - 1));
        rental.releaseBond(offer, customer);
    }

    function test_RevertWhen_AClaimIsOpen() public {
        _begin();
        _terminate(customer);
        vm.warp(uint256(_endsAt()) + 30 days - 1);
        bytes32 claim = _claim(uint40(START), uint40(START) + 1 hours);
        vm.warp(block.timestamp + 1);
        _expect(abi.encodeWithSelector(Downtime.ClaimsOpen.selector, id, 1));
        rental.releaseBond(offer, customer);
        vm.warp(block.timestamp + 3 days);
        rental.creditDowntime(claim);
        rental.releaseBond(offer, customer);
        _balances(BALANCE - PER_HOUR, 0, PER_HOUR);
    }

    function test_ShouldFreeTheRestOnce() public {
        _terminate(manufacturer);
        vm.warp(START + 60 days);
        vm.expectEmit(address(rental));
        emit Downtime.BondReleased(id, BOND);
        vm.prank(stranger);
        rental.releaseBond(offer, customer);
        _balances(BALANCE, 0, 0);
        _expect(abi.encodeWithSelector(Downtime.NoBondLeft.selector, id));
        rental.releaseBond(offer, customer);
    }

    function test_ShouldLetEverybodyTakeEverythingOut() public {
        bytes32 claim = _claimAnHour();
        _terminate(customer);
        vm.warp(block.timestamp + 400 days);
        rental.creditDowntime(claim);
        rental.releaseBond(offer, customer);
        vm.prank(customer);
        rental.withdraw(PER_HOUR, stranger);
        vm.prank(manufacturer);
        rental.withdraw(BALANCE - PER_HOUR, stranger);
        vm.assertEq(token.balanceOf(address(rental)), 0, "empty");
    }
}
