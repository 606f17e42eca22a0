// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityKeys} from "../../src/IdentityKeys.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Owners} from "../../src/Owners.sol";
import {IdentityTest} from "./IdentityTest.sol";

contract VotesTest is IdentityTest {
    // --- construct

    function test_RevertWhen_TheFirstOwnersAreInvalid() public {
        _expect(abi.encodeWithSelector(Owners.QuorumOutOfBounds.selector, 1, 0));
        new IdentityProvider(new address[](0), 1);
        _expect(abi.encodeWithSelector(Owners.ZeroAccount.selector));
        new IdentityProvider(new address[](1), 1);
        address[] memory twice = new address[](2);
        (twice[0], twice[1]) = (owner, owner);
        _expect(abi.encodeWithSelector(Owners.AlreadyOwner.selector, owner));
        new IdentityProvider(twice, 1);
        address[] memory many = new address[](33);
        for (uint160 i = 0; i < 33; i++) {
            many[i] = address(i + 1);
        }
        _expect(abi.encodeWithSelector(Owners.TooManyOwners.selector, 33, 32));
        new IdentityProvider(many, 1);
    }

    function test_RevertWhen_TheFirstQuorumIsOutOfBounds() public {
        address[] memory one = new address[](1);
        one[0] = owner;
        _expect(abi.encodeWithSelector(Owners.QuorumOutOfBounds.selector, 0, 1));
        new IdentityProvider(one, 0);
        _expect(abi.encodeWithSelector(Owners.QuorumOutOfBounds.selector, 2, 1));
        new IdentityProvider(one, 2);
    }

    // --- propose

    function test_RevertWhen_NoOwnerProposes() public {
        _expect(abi.encodeWithSelector(Owners.NotOwner.selector, stranger));
        vm.prank(stranger);
        identity.propose(Owners.Kind.ADD_OWNER, stranger, 0);
    }

    function test_RevertWhen_AProposalIsNotWellFormed() public {
        vm.startPrank(owner);
        _expect(abi.encodeWithSelector(Owners.ZeroAccount.selector));
        identity.propose(Owners.Kind.ADD_OWNER, address(0), 0);
        _expect(abi.encodeWithSelector(Owners.UnusedArgument.selector, Owners.Kind.REINSTATE, customer, 1));
        identity.propose(Owners.Kind.REINSTATE, customer, 1);
        _expect(abi.encodeWithSelector(Owners.UnusedArgument.selector, Owners.Kind.SET_QUORUM, customer, 1));
        identity.propose(Owners.Kind.SET_QUORUM, customer, 1);
        _expect(abi.encodeWithSelector(IdentityProvider.UnknownRoles.selector, 257));
        identity.propose(Owners.Kind.SET_ROLES, customer, 257);
        _expect(abi.encodeWithSelector(IdentityKeys.InvalidKey.selector, customer, 0));
        identity.propose(Owners.Kind.MOVE_IDENTITY, customer, 0);
        _expect(abi.encodeWithSelector(IdentityKeys.InvalidKey.selector, customer, 1 << 160));
        identity.propose(Owners.Kind.MOVE_IDENTITY, customer, 1 << 160);
    }

    function test_ShouldProposeAndApproveInOne() public {
        // five proposals came before: two made the oracles, three the owners
        bytes32 expected = keccak256(abi.encode(Owners.Kind.ADD_OWNER, fresh, 0, 6));
        uint40 expires = uint40(START) + 14 days;
        vm.expectEmit(address(identity));
        emit Owners.ProposalMade(expected, Owners.Kind.ADD_OWNER, fresh, 0, owner, expires);
        vm.expectEmit(address(identity));
        emit Owners.ProposalApproved(expected, owner);
        bytes32 proposal = _propose(Owners.Kind.ADD_OWNER, fresh, 0);
        vm.assertEq(proposal, expected, "id");
        vm.assertEq(identity.approvalsOf(proposal), 1, "the proposer's");
        vm.assertEq(identity.proposals(proposal).expires, expires, "expires");
        vm.assertTrue(_propose(Owners.Kind.ADD_OWNER, fresh, 0) != proposal, "another one");
    }

    // --- approve and withdraw

    function test_RevertWhen_ApprovedByNoOwnerOrTwice() public {
        bytes32 proposal = _propose(Owners.Kind.ADD_OWNER, fresh, 0);
        _expect(abi.encodeWithSelector(Owners.NotOwner.selector, stranger));
        _approveBy(stranger, proposal);
        _expect(abi.encodeWithSelector(Owners.AlreadyApproved.selector, proposal, owner));
        _approveBy(owner, proposal);
    }

    function test_RevertWhen_TheProposalIsNotOpen() public {
        _expect(abi.encodeWithSelector(Owners.UnknownProposal.selector, bytes32(uint256(1))));
        _approveBy(owner, bytes32(uint256(1)));
        bytes32 proposal = _propose(Owners.Kind.ADD_OWNER, fresh, 0);
        _approveBy(second, proposal);
        _executeBy(owner, proposal);
        bytes memory failure = abi.encodeWithSelector(Owners.ProposalAlreadyExecuted.selector, proposal);
        _expect(failure);
        _approveBy(third, proposal);
        _expect(failure);
        _executeBy(third, proposal);
        _expect(failure);
        vm.prank(owner);
        identity.withdrawApproval(proposal);
    }

    function test_ShouldExpireAfterItsLastSecond() public {
        bytes32 proposal = _propose(Owners.Kind.ADD_OWNER, fresh, 0);
        vm.warp(START + 14 days);
        _approveBy(second, proposal);
        vm.warp(START + 14 days + 1);
        bytes memory failure = abi.encodeWithSelector(
            Owners.ProposalExpired.selector, proposal, START + 14 days, START + 14 days + 1
        );
        _expect(failure);
        _approveBy(third, proposal);
        _expect(failure);
        _executeBy(owner, proposal);
    }

    function test_ShouldWithdrawAnApproval() public {
        bytes32 proposal = _propose(Owners.Kind.ADD_OWNER, fresh, 0);
        _approveBy(second, proposal);
        vm.expectEmit(address(identity));
        emit Owners.ApprovalWithdrawn(proposal, second);
        vm.startPrank(second);
        identity.withdrawApproval(proposal);
        _expect(abi.encodeWithSelector(Owners.NotApproved.selector, proposal, second));
        identity.withdrawApproval(proposal);
        vm.stopPrank();
        _expect(abi.encodeWithSelector(Owners.QuorumNotReached.selector, proposal, 1, 2));
        _executeBy(owner, proposal);
        _approveBy(second, proposal);
        _executeBy(owner, proposal);
        vm.assertTrue(identity.isOwner(fresh), "approved again");
    }

    // --- execute

    function test_RevertWhen_NoOwnerExecutes() public {
        bytes32 proposal = _propose(Owners.Kind.ADD_OWNER, fresh, 0);
        _approveBy(second, proposal);
        _expect(abi.encodeWithSelector(Owners.NotOwner.selector, stranger));
        _executeBy(stranger, proposal);
    }

    function test_ShouldNeedTheQuorumOfNow() public {
        bytes32 proposal = _propose(Owners.Kind.ADD_OWNER, fresh, 0);
        _approveBy(second, proposal);
        _vote(Owners.Kind.SET_QUORUM, address(0), 3);
        _expect(abi.encodeWithSelector(Owners.QuorumNotReached.selector, proposal, 2, 3));
        _executeBy(owner, proposal);
        _approveBy(third, proposal);
        _executeBy(owner, proposal);
        vm.assertEq(identity.owners().length, 4, "four");
    }

    function test_ShouldAddAnOwner() public {
        _refuseVote(
            Owners.Kind.ADD_OWNER, third, 0, abi.encodeWithSelector(Owners.AlreadyOwner.selector, third)
        );
        bytes32 voted = _approved(Owners.Kind.ADD_OWNER, fresh, 0);
        vm.expectEmit(address(identity));
        emit Owners.OwnerAdded(fresh);
        _executeBy(third, voted);
        vm.assertTrue(identity.isOwner(fresh), "owner");
        vm.assertEq(identity.quorum(), 2, "same quorum");
    }

    function test_ShouldRemoveAnOwner() public {
        _refuseVote(
            Owners.Kind.REMOVE_OWNER, fresh, 0, abi.encodeWithSelector(Owners.NotOwner.selector, fresh)
        );
        bytes32 voted = _approved(Owners.Kind.REMOVE_OWNER, owner, 0);
        vm.expectEmit(address(identity));
        emit Owners.OwnerRemoved(owner);
        _executeBy(third, voted);
        vm.assertFalse(identity.isOwner(owner), "no owner");
        vm.assertEq(identity.owners().length, 2, "two left");
        vm.assertEq(identity.owners()[0], third, "the last took its seat");
    }

    function test_ShouldLowerAQuorumOfAllAndKeepTheLastOwner() public {
        _vote(Owners.Kind.REMOVE_OWNER, third, 0);
        bytes32 proposal = _approved(Owners.Kind.REMOVE_OWNER, second, 0);
        vm.expectEmit(address(identity));
        emit Owners.OwnerRemoved(second);
        vm.expectEmit(address(identity));
        emit Owners.QuorumChanged(1);
        _executeBy(owner, proposal);
        vm.assertEq(identity.quorum(), 1, "quorum");
        proposal = _propose(Owners.Kind.REMOVE_OWNER, owner, 0);
        _expect(abi.encodeWithSelector(Owners.LastOwner.selector, owner));
        _executeBy(owner, proposal);
    }

    function test_ShouldKeepTheQuorumInItsBounds() public {
        _refuseVote(
            Owners.Kind.SET_QUORUM,
            address(0),
            0,
            abi.encodeWithSelector(Owners.QuorumOutOfBounds.selector, 0, 3)
        );
        _refuseVote(
            Owners.Kind.SET_QUORUM,
            address(0),
            4,
            abi.encodeWithSelector(Owners.QuorumOutOfBounds.selector, 4, 3)
        );
        _refuseVote(
            Owners.Kind.SET_QUORUM,
            address(0),
            257,
            abi.encodeWithSelector(Owners.QuorumOutOfBounds.selector, 257, 3)
        );
    }

    function test_ShouldReplaceRoles() public {
        bytes32 voted = _approved(Owners.Kind.SET_ROLES, customer, 33);
        vm.expectEmit(address(identity));
        emit IdentityProvider.RolesChanged(customer, 33);
        _executeBy(third, voted);
        vm.assertTrue(identity.hasRole(customer, 33), "new");
        vm.assertFalse(identity.hasRole(customer, 2), "old");
        vm.assertFalse(identity.hasRole(customer, 0), "no role is no role");
    }

    function test_RevertWhen_ItConcernsNoParticipant() public {
        bytes memory failure = abi.encodeWithSelector(IdentityProvider.NotOnboarded.selector, fresh);
        _refuseVote(Owners.Kind.SET_ROLES, fresh, 1, failure);
        _refuseVote(Owners.Kind.REINSTATE, fresh, 0, failure);
        _refuseVote(Owners.Kind.MOVE_IDENTITY, fresh, 1, failure);
        _refuseVote(
            Owners.Kind.REINSTATE,
            customer,
            0,
            abi.encodeWithSelector(IdentityProvider.NotSuspended.selector, customer)
        );
    }

    function test_ShouldMoveAnIdentityAtOnce() public {
        _name(guardian);
        _startMove(stranger);
        bytes32 voted = _approved(Owners.Kind.MOVE_IDENTITY, customer, uint160(fresh));
        vm.expectEmit(address(identity));
        emit IdentityKeys.GuardianChanged(customer, address(0), uint40(START));
        vm.expectEmit(address(identity));
        emit IdentityKeys.IdentityMoved(customer, fresh, 1);
        _executeBy(third, voted);
        vm.assertEq(identity.keyOf(customer), fresh, "key");
        vm.assertEq(identity.guardianOf(customer), address(0), "no guardian of before");
        _expect(abi.encodeWithSelector(IdentityKeys.NoMoveStarted.selector, customer));
        identity.finishMove(customer);
        bytes32 proposal = _propose(Owners.Kind.MOVE_IDENTITY, customer, uint160(stranger));
        _vote(Owners.Kind.MOVE_IDENTITY, customer, uint160(stranger));
        _approveBy(second, proposal);
        _expect(abi.encodeWithSelector(IdentityKeys.InvalidKey.selector, customer, uint160(stranger)));
        _executeBy(owner, proposal);
    }

    function testFuzz_ShouldExecuteExactlyWithTheQuorum(uint8 quorum, uint8 approvals) public {
        quorum = uint8(_bound(quorum, 1, 3));
        approvals = uint8(_bound(approvals, 1, 3));
        _vote(Owners.Kind.SET_QUORUM, address(0), quorum);
        bytes32 proposal = _propose(Owners.Kind.ADD_OWNER, fresh, 0);
        if (approvals > 1) _approveBy(second, proposal);
        if (approvals > 2) _approveBy(third, proposal);
        if (approvals < quorum) {
            _expect(abi.encodeWithSelector(Owners.QuorumNotReached.selector, proposal, approvals, quorum));
        }
        _executeBy(third, proposal);
        vm.assertEq(identity.isOwner(fresh), approvals >= quorum, "added");
    }
}
