// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Owners} from "../../src/Owners.sol";
import {IdentityModel} from "../support/IdentityModel.sol";
import {Vm} from "../support/Vm.sol";

/// @notice Random calls to an IdentityProvider, by owners, participants, guardians and strangers, all of one small crowd.
/// It notes what each account was ever granted, and checks each change of a key as it happens.
contract IdentityHandler {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    IdentityProvider public immutable identity;
    IdentityModel public immutable model;
    address[8] private _crowd;
    string[3] private _serials = ["CM-1", "CM-2", "CM-3"];
    mapping(address => uint8) public granted;
    mapping(address => uint256) private _movingSince;
    mapping(address => address) private _keys;

    constructor() {
        for (uint160 i = 0; i < 8; i++) {
            _crowd[i] = address(0xC000 + i);
            _keys[_crowd[i]] = _crowd[i];
        }
        address[] memory owners = new address[](3);
        (owners[0], owners[1], owners[2]) = (_crowd[0], _crowd[1], _crowd[2]);
        model = new IdentityModel();
        vm.recordLogs();
        identity = new IdentityProvider(owners, 2);
        _fold();
    }

    function crowd() external view returns (address[8] memory) {
        return _crowd;
    }

    // --- calls

    function onboard(uint256 by, uint256 account, uint8 roles) external {
        // not oracle, which takes a vote
        roles = roles % 32;
        if (_do(_owner(by), abi.encodeCall(identity.onboard, (_pick(account), roles, 0)))) {
            granted[_pick(account)] = roles;
        }
    }

    function suspend(uint256 by, uint256 account) external {
        if (by % 4 == 0) _do(_pick(by / 4), abi.encodeCall(identity.suspend, (_pick(account))));
    }

    function propose(uint256 by, uint8 kind, uint256 account, uint256 value) external {
        Owners.Kind what = Owners.Kind(kind % 6);
        address about = what == Owners.Kind.SET_QUORUM ? address(0) : _pick(account);
        if (what == Owners.Kind.SET_ROLES) value = value % 64;
        else if (what == Owners.Kind.SET_QUORUM) value = value % 6;
        else if (what == Owners.Kind.MOVE_IDENTITY) value = uint160(_pick(value));
        else value = 0;
        _do(_owner(by), abi.encodeCall(identity.propose, (what, about, value)));
    }

    function approve(uint256 by, uint256 which) external {
        _do(_owner(by), abi.encodeCall(identity.approve, (_proposal(which))));
    }

    function withdrawApproval(uint256 by, uint256 which) external {
        if (by % 3 == 0) _do(_owner(by / 3), abi.encodeCall(identity.withdrawApproval, (_proposal(which))));
    }

    function execute(uint256 by, uint256 which) external {
        bytes32 id = _proposal(which);
        IdentityModel.Proposal memory p = model.proposals(id);
        address before = identity.keyOf(p.account);
        address caller = _owner(by);
        bool byOwner = identity.isOwner(caller);
        uint256 approvals = identity.approvalsOf(id);
        uint256 quorum = identity.quorum();
        if (_do(caller, abi.encodeCall(identity.execute, (id)))) {
            vm.assertTrue(byOwner && approvals >= quorum, "I4: by vote only");
            if (p.kind == Owners.Kind.SET_ROLES) granted[p.account] = uint8(p.value);
            if (p.kind == Owners.Kind.MOVE_IDENTITY) {
                vm.assertTrue(identity.keyOf(p.account) != before, "I3: moved");
                _movingSince[p.account] = 0;
                return;
            }
        }
        vm.assertEq(identity.keyOf(p.account), before, "I3: by no other vote");
    }

    function setGuardian(uint256 by, uint256 account, uint256 guardian) external {
        address who = by % 2 == 0 ? identity.keyOf(_pick(account)) : _pick(by / 2);
        address named = guardian % 9 == 8 ? address(0) : _pick(guardian);
        address present = identity.guardianOf(_pick(account));
        _do(who, abi.encodeCall(identity.setGuardian, (_pick(account), named)));
        if (present != address(0)) {
            vm.assertEq(identity.guardianOf(_pick(account)), present, "I5: no guardian is swapped at once");
        }
    }

    function startMove(uint256 by, uint256 account, uint256 key) external {
        address who = by % 2 == 0 ? identity.guardianOf(_pick(account)) : _pick(by / 2);
        if (_do(who, abi.encodeCall(identity.startMove, (_pick(account), _pick(key))))) {
            _movingSince[_pick(account)] = block.timestamp;
        }
    }

    function objectToMove(uint256 by, uint256 account) external {
        address who = by % 2 == 0 ? identity.keyOf(_pick(account)) : _pick(by / 2);
        if (_do(who, abi.encodeCall(identity.objectToMove, (_pick(account))))) {
            _movingSince[_pick(account)] = 0;
        }
    }

    function finishMove(uint256 by, uint256 account) external {
        uint256 since = _movingSince[_pick(account)];
        if (_do(_pick(by), abi.encodeCall(identity.finishMove, (_pick(account))))) {
            vm.assertTrue(since != 0 && block.timestamp >= since + 7 days, "I3: after the delay");
            _movingSince[_pick(account)] = 0;
        }
    }

    function registerMachine(uint256 by, uint256 manufacturer, uint256 serial, uint256 key) external {
        address who = by % 2 == 0 ? identity.keyOf(_pick(manufacturer)) : _pick(by / 2);
        _do(
            who,
            abi.encodeCall(
                identity.registerMachineFor, (_pick(manufacturer), _serials[serial % 3], _pick(key))
            )
        );
    }

    function changeMachine(uint256 by, uint256 which, uint256 key, uint40 overlap) external {
        bytes32[] memory ids = model.machineIds();
        if (ids.length == 0) return;
        bytes32 id = ids[which % ids.length];
        address who = by % 2 == 0 ? identity.keyOf(identity.machines(id).manufacturer) : _pick(by / 2);
        if (key % 16 == 0) _do(who, abi.encodeCall(identity.retireMachine, (id)));
        else _do(who, abi.encodeCall(identity.rotateMachineKey, (id, _pick(key), overlap % 31 days)));
    }

    function pass(uint40 time) external {
        vm.warp(block.timestamp + time % 5 days);
    }

    // --- parts

    /// @dev Any call but a vote or a finished move leaves all keys; what those two do is checked where they are made.
    function _do(address who, bytes memory data) private returns (bool ok) {
        vm.prank(who);
        (ok,) = address(identity).call(data);
        // what a reverted call logged is recorded, too
        if (!ok) {
            vm.getRecordedLogs();
            return false;
        }
        _fold();
        bool mayMove =
            bytes4(data) == identity.execute.selector || bytes4(data) == identity.finishMove.selector;
        for (uint256 i = 0; i < _crowd.length; i++) {
            address key = identity.keyOf(_crowd[i]);
            if (mayMove) _keys[_crowd[i]] = key;
            else vm.assertEq(key, _keys[_crowd[i]], "I3: no other call moves a key");
        }
    }

    function _fold() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].emitter == address(identity)) model.fold(logs[i], block.timestamp);
        }
    }

    /// @dev Most often an owner.
    function _owner(uint256 by) private view returns (address) {
        if (by % 5 == 4) return _pick(by / 5);
        address[] memory owners = identity.owners();
        return owners[by % owners.length];
    }

    /// @dev One of the newest proposals.
    function _proposal(uint256 which) private view returns (bytes32) {
        bytes32[] memory ids = model.proposalIds();
        if (ids.length == 0) return 0;
        uint256 back = which % 3;
        return ids[back < ids.length ? ids.length - 1 - back : 0];
    }

    function _pick(uint256 which) private view returns (address) {
        return _crowd[which % 8];
    }
}
