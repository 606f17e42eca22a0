// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityKeys} from "../../src/IdentityKeys.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Machines} from "../../src/Machines.sol";
import {Owners} from "../../src/Owners.sol";
import {Vm} from "./Vm.sol";

/// @notice What the logs of an IdentityProvider say, and nothing else.
contract IdentityModel {
    struct Participant {
        uint8 roles;
        bool suspended;
        address key;
        uint32 generation;
        address guardian;
        address next;
        uint40 nextFrom;
        address movingTo;
        uint40 executableAt;
    }

    struct Proposal {
        Owners.Kind kind;
        address account;
        uint256 value;
        uint40 expires;
        bool executed;
    }

    uint256 public ownerCount;
    uint8 public quorum;
    bytes32[] private _machineIds;
    bytes32[] private _proposalIds;
    mapping(address => uint256) private _terms;
    uint256 private _lastTerm;
    mapping(address => Participant) private _participants;
    mapping(bytes32 => Machines.Machine) private _machines;
    mapping(bytes32 => Proposal) private _proposals;
    mapping(bytes32 => mapping(address => uint256)) private _approvals;

    function isOwner(address account) external view returns (bool) {
        return _terms[account] != 0;
    }

    function participants(address account) external view returns (Participant memory) {
        return _participants[account];
    }

    function machineIds() external view returns (bytes32[] memory) {
        return _machineIds;
    }

    function machines(bytes32 id) external view returns (Machines.Machine memory) {
        return _machines[id];
    }

    function proposalIds() external view returns (bytes32[] memory) {
        return _proposalIds;
    }

    function proposals(bytes32 id) external view returns (Proposal memory) {
        return _proposals[id];
    }

    function approves(bytes32 id, address owner) external view returns (bool) {
        return _terms[owner] != 0 && _approvals[id][owner] == _terms[owner];
    }

    /// @param time the time of the log's block
    function fold(Vm.Log memory log, uint256 time) external {
        bytes32 kind = log.topics[0];
        address account = log.topics.length > 1 ? _address(log.topics[1]) : address(0);
        if (_foldOwners(kind, account, log) || _foldVotes(kind, log) || _foldMachines(kind, log)) return;
        Participant storage p = _participants[account];
        if (_foldRoles(kind, p, log) || kind == IdentityProvider.MetadataChanged.selector) return;
        _foldKeys(kind, p, log, time);
    }

    function _foldOwners(bytes32 kind, address account, Vm.Log memory log) private returns (bool) {
        if (kind == Owners.OwnerAdded.selector) {
            _terms[account] = ++_lastTerm;
            ownerCount++;
        } else if (kind == Owners.OwnerRemoved.selector) {
            _terms[account] = 0;
            ownerCount--;
        } else if (kind == Owners.QuorumChanged.selector) {
            quorum = abi.decode(log.data, (uint8));
        } else {
            return false;
        }
        return true;
    }

    function _foldVotes(bytes32 kind, Vm.Log memory log) private returns (bool) {
        bytes32 id = log.topics.length > 1 ? log.topics[1] : bytes32(0);
        if (kind == Owners.ProposalMade.selector) {
            (Owners.Kind what, uint256 value, uint40 expires) =
                abi.decode(log.data, (Owners.Kind, uint256, uint40));
            _proposals[id] = Proposal(what, _address(log.topics[2]), value, expires, false);
            _proposalIds.push(id);
        } else if (kind == Owners.ProposalApproved.selector) {
            _approvals[id][_address(log.topics[2])] = _terms[_address(log.topics[2])];
        } else if (kind == Owners.ApprovalWithdrawn.selector) {
            _approvals[id][_address(log.topics[2])] = 0;
        } else if (kind == Owners.ProposalExecuted.selector) {
            _proposals[id].executed = true;
        } else {
            return false;
        }
        return true;
    }

    function _foldMachines(bytes32 kind, Vm.Log memory log) private returns (bool) {
        bytes32 id = log.topics.length > 1 ? log.topics[1] : bytes32(0);
        if (kind == Machines.MachineRegistered.selector) {
            (address key,) = abi.decode(log.data, (address, string));
            _machines[id] = Machines.Machine(_address(log.topics[2]), false, key, address(0), 0);
            _machineIds.push(id);
        } else if (kind == Machines.MachineKeyChanged.selector) {
            Machines.Machine storage m = _machines[id];
            (m.key, m.previousKey, m.previousUntil) = abi.decode(log.data, (address, address, uint40));
        } else if (kind == Machines.MachineRetired.selector) {
            _machines[id].retired = true;
        } else {
            return false;
        }
        return true;
    }

    function _foldRoles(bytes32 kind, Participant storage p, Vm.Log memory log) private returns (bool) {
        if (kind == IdentityProvider.ParticipantOnboarded.selector) {
            (p.roles,) = abi.decode(log.data, (uint8, bytes32));
        } else if (kind == IdentityProvider.RolesChanged.selector) {
            p.roles = abi.decode(log.data, (uint8));
        } else if (kind == IdentityProvider.ParticipantSuspended.selector) {
            p.suspended = true;
        } else if (kind == IdentityProvider.ParticipantReinstated.selector) {
            p.suspended = false;
        } else {
            return false;
        }
        return true;
    }

    function _foldKeys(bytes32 kind, Participant storage p, Vm.Log memory log, uint256 time) private {
        if (kind == IdentityKeys.GuardianChanged.selector) {
            (address guardian, uint40 from) = abi.decode(log.data, (address, uint40));
            if (p.nextFrom != 0 && p.nextFrom <= time) p.guardian = p.next;
            (p.next, p.nextFrom) = from > time ? (guardian, from) : (address(0), 0);
            if (from <= time) p.guardian = guardian;
        } else if (kind == IdentityKeys.MoveStarted.selector) {
            (p.movingTo, p.executableAt) = abi.decode(log.data, (address, uint40));
        } else if (kind == IdentityKeys.MoveObjected.selector) {
            (p.movingTo, p.executableAt) = (address(0), 0);
        } else if (kind == IdentityKeys.IdentityMoved.selector) {
            (p.key, p.generation) = abi.decode(log.data, (address, uint32));
            (p.movingTo, p.executableAt) = (address(0), 0);
        } else {
            require(kind == IdentityKeys.DIDOwnerChanged.selector, "unknown log");
        }
    }

    function _address(bytes32 topic) private pure returns (address) {
        return address(uint160(uint256(topic)));
    }
}
