// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityKeys} from "../../src/IdentityKeys.sol";
import {Owners} from "../../src/Owners.sol";
import {Parties} from "../../src/Parties.sol";
import {IdentityTest} from "../identity/IdentityTest.sol";

/// @notice What owners, guardians and thieves of keys might try.
contract IdentityAttacksTest is IdentityTest {
    address private thief = address(0x7417F);

    /// @dev An owner alone votes as often as it likes.
    function test_Attack_OneOwnerVotesTwice() public {
        bytes32 proposal = _propose(Owners.Kind.SET_QUORUM, address(0), 1);
        _expect(abi.encodeWithSelector(Owners.AlreadyApproved.selector, proposal, owner));
        _approveBy(owner, proposal);
        _expect(abi.encodeWithSelector(Owners.QuorumNotReached.selector, proposal, 1, 2));
        _executeBy(owner, proposal);
    }

    /// @dev What was decided once is carried out again.
    function test_Attack_ADecisionIsReplayed() public {
        bytes32 proposal = _approved(Owners.Kind.ADD_OWNER, fresh, 0);
        _executeBy(owner, proposal);
        _vote(Owners.Kind.REMOVE_OWNER, fresh, 0);
        _expect(abi.encodeWithSelector(Owners.ProposalAlreadyExecuted.selector, proposal));
        _executeBy(owner, proposal);
    }

    /// @dev The approval of an owner that was removed, and of one that was removed and added again, is used.
    function test_Attack_AStaleApprovalIsUsed() public {
        bytes32 proposal = _approved(Owners.Kind.ADD_OWNER, thief, 0);
        bytes32 removal = _propose(Owners.Kind.REMOVE_OWNER, second, 0);
        _approveBy(third, removal);
        _executeBy(owner, removal);
        bytes memory failure = abi.encodeWithSelector(Owners.QuorumNotReached.selector, proposal, 1, 2);
        _expect(failure);
        _executeBy(owner, proposal);
        bytes32 addition = _propose(Owners.Kind.ADD_OWNER, second, 0);
        _approveBy(third, addition);
        _executeBy(owner, addition);
        _expect(failure);
        _executeBy(owner, proposal);
        vm.assertFalse(identity.hasApproved(proposal, second), "its former term's");
        _approveBy(second, proposal);
        _executeBy(owner, proposal);
    }

    /// @dev Removed owners lower the quorum until what failed before passes.
    function test_Attack_TheQuorumFallsWithTheOwners() public {
        _vote(Owners.Kind.SET_QUORUM, address(0), 3);
        bytes32 proposal = _approved(Owners.Kind.ADD_OWNER, thief, 0);
        bytes32 removal = _propose(Owners.Kind.REMOVE_OWNER, third, 0);
        _approveBy(second, removal);
        _expect(abi.encodeWithSelector(Owners.QuorumNotReached.selector, removal, 2, 3));
        _executeBy(owner, removal);
        _expect(abi.encodeWithSelector(Owners.QuorumNotReached.selector, proposal, 2, 3));
        _executeBy(owner, proposal);
    }

    /// @dev A thief of the key lets its own guardian move the identity; the vote comes before it.
    function test_Attack_AThiefSwapsTheGuardian() public {
        _name(guardian);
        _name(thief);
        _expect(abi.encodeWithSelector(IdentityKeys.NotGuardian.selector, customer, thief, guardian));
        vm.prank(thief);
        identity.startMove(customer, thief);
        vm.prank(owner);
        identity.suspend(customer);
        vm.warp(START + 7 days);
        vm.prank(thief);
        identity.startMove(customer, thief);
        _vote(Owners.Kind.MOVE_IDENTITY, customer, uint160(fresh));
        vm.warp(START + 30 days);
        _expect(abi.encodeWithSelector(IdentityKeys.NoMoveStarted.selector, customer));
        identity.finishMove(customer);
        _expect(abi.encodeWithSelector(IdentityKeys.NotGuardian.selector, customer, thief, address(0)));
        vm.prank(thief);
        identity.startMove(customer, thief);
        vm.assertEq(identity.keyOf(customer), fresh, "safe");
    }

    /// @dev A suspended thief names a guardian of its own, or objects for ever: only the vote ends it, and does.
    function test_Attack_AThiefObjectsForEver() public {
        _name(guardian);
        for (uint256 i = 0; i < 5; i++) {
            _startMove(fresh);
            vm.warp(block.timestamp + 7 days - 1);
            vm.prank(customer);
            identity.objectToMove(customer);
        }
        _vote(Owners.Kind.MOVE_IDENTITY, customer, uint160(fresh));
        vm.assertEq(identity.keyOf(customer), fresh, "moved");
    }

    /// @dev A guardian takes an identity over; its living key objects.
    function test_Attack_AGuardianSteals() public {
        _name(guardian);
        _startMove(guardian);
        vm.prank(customer);
        identity.objectToMove(customer);
        vm.warp(START + 365 days);
        _expect(abi.encodeWithSelector(IdentityKeys.NoMoveStarted.selector, customer));
        identity.finishMove(customer);
    }

    /// @dev The former key acts on, wherever identities act, after the move was adopted.
    function test_Attack_TheMovedKeyActsOn() public {
        _vote(Owners.Kind.MOVE_IDENTITY, customer, uint160(fresh));
        payment.adoptMove(customer);
        bytes memory failure = abi.encodeWithSelector(Parties.NotAllowed.selector, customer, customer);
        vm.startPrank(customer);
        _expect(failure);
        rental.cancelOffer(1);
        _expect(failure);
        rental.withdraw(0, customer);
        vm.stopPrank();
        vm.prank(fresh);
        rental.cancelOfferFor(customer, 1);
    }

    /// @dev A stranger gives itself a role, in any way there is.
    function test_Attack_ARoleWithoutGrant() public {
        vm.startPrank(stranger);
        bytes memory failure = abi.encodeWithSelector(Owners.NotOwner.selector, stranger);
        _expect(failure);
        identity.onboard(stranger, 63, 0);
        _expect(failure);
        identity.propose(Owners.Kind.SET_ROLES, stranger, 63);
        _expect(failure);
        identity.execute(0);
        vm.assertFalse(identity.hasRole(stranger, 1), "none");
    }
}
