// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Owners} from "../../src/Owners.sol";
import {IdentityModel} from "../support/IdentityModel.sol";
import {Vm} from "../support/Vm.sol";
import {IdentityHandler} from "./IdentityHandler.sol";

/// @notice The invariants I1 to I6 of README.md beside this file.
contract IdentityInvariants {
    bool public constant IS_TEST = true;
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    IdentityHandler private handler;
    IdentityProvider private identity;
    IdentityModel private model;

    function setUp() public {
        vm.warp(1_790_000_000);
        handler = new IdentityHandler();
        (identity, model) = (handler.identity(), handler.model());
    }

    /// @dev What forge calls at random.
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev One function, so that one run serves all.
    function invariant_ShouldHold() public view {
        _keepTheQuorumBetweenOneAndAllOwners();
        _giveNoRoleWithoutGrant();
        _followFromTheLogs();
    }

    function _keepTheQuorumBetweenOneAndAllOwners() private view {
        vm.assertGe(identity.quorum(), 1, "I1: one");
        vm.assertLe(identity.quorum(), identity.owners().length, "I1: all");
    }

    function _giveNoRoleWithoutGrant() private view {
        address[8] memory crowd = handler.crowd();
        for (uint256 i = 0; i < crowd.length; i++) {
            IdentityProvider.Participant memory p = identity.participants(crowd[i]);
            vm.assertEq(p.roles, handler.granted(crowd[i]), "I2: granted");
            for (uint8 role = 1; role < 64; role *= 2) {
                bool holds = !p.suspended && p.roles & role != 0;
                vm.assertEq(identity.hasRole(crowd[i], role), holds, "I2: held");
            }
        }
    }

    function _followFromTheLogs() private view {
        vm.assertEq(identity.quorum(), model.quorum(), "I6: quorum");
        vm.assertEq(identity.owners().length, model.ownerCount(), "I6: owners");
        address[8] memory crowd = handler.crowd();
        for (uint256 i = 0; i < crowd.length; i++) {
            _compareParticipant(crowd[i]);
        }
        bytes32[] memory machines = model.machineIds();
        for (uint256 i = 0; i < machines.length; i++) {
            vm.assertEq(
                keccak256(abi.encode(identity.machines(machines[i]))),
                keccak256(abi.encode(model.machines(machines[i]))),
                "I6: machine"
            );
        }
        bytes32[] memory proposals = model.proposalIds();
        // the handler touches the newest ones only
        for (uint256 i = proposals.length > 4 ? proposals.length - 4 : 0; i < proposals.length; i++) {
            _compareProposal(proposals[i], crowd);
        }
    }

    function _compareParticipant(address account) private view {
        IdentityModel.Participant memory m = model.participants(account);
        IdentityProvider.Participant memory p = identity.participants(account);
        vm.assertEq(identity.isOwner(account), model.isOwner(account), "I6: owner");
        vm.assertEq(p.roles, m.roles, "I6: roles");
        vm.assertEq(p.suspended, m.suspended, "I6: suspended");
        (uint32 generation, address key) = identity.moves(account);
        vm.assertEq(generation, m.generation, "I6: generation");
        vm.assertEq(key, m.key == address(0) ? account : m.key, "I6: key");
        bool replaced = m.nextFrom != 0 && m.nextFrom <= block.timestamp;
        vm.assertEq(identity.guardianOf(account), replaced ? m.next : m.guardian, "I6: guardian");
        (address movingTo, uint40 executableAt) = identity.pendingMove(account);
        vm.assertEq(movingTo, m.movingTo, "I6: movingTo");
        vm.assertEq(executableAt, m.executableAt, "I6: executableAt");
    }

    function _compareProposal(bytes32 id, address[8] memory crowd) private view {
        Owners.Proposal memory p = identity.proposals(id);
        IdentityModel.Proposal memory m = model.proposals(id);
        vm.assertEq(uint8(p.kind), uint8(m.kind), "I6: kind");
        vm.assertEq(p.account, m.account, "I6: account");
        vm.assertEq(p.value, m.value, "I6: value");
        vm.assertEq(p.expires, m.expires, "I6: expires");
        vm.assertEq(p.executed, m.executed, "I6: executed");
        for (uint256 i = 0; i < crowd.length; i++) {
            vm.assertEq(identity.hasApproved(id, crowd[i]), model.approves(id, crowd[i]), "I6: approval");
        }
    }
}
