// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {MaintenanceProvider} from "../../src/MaintenanceProvider.sol";
import {ServiceRequests} from "../../src/ServiceRequests.sol";
import {ServiceModel} from "../support/ServiceModel.sol";
import {Vm} from "../support/Vm.sol";

/// @notice Calls a MaintenanceProvider as its parties, its oracle and a stranger: mostly what is possible next, often
/// what is not. What succeeded it gives to the model, by the events alone.
contract ServiceHandler {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev Keys of manufacturer, first provider, second provider, oracle, stranger, machine.
    uint256[6] private _keys;
    address[6] private _actors;
    MaintenanceProvider private immutable maintenance;
    ServiceModel private immutable model;
    bytes32 private immutable machine;
    bytes32[2] private _agreements;

    uint256 public succeeded;
    uint256 public refused;
    /// @notice What a stranger brought about that is not open to anyone.
    uint256 public trespasses;
    /// @notice Requests that came to an end by then, and those that changed after.
    mapping(bytes32 => bytes32) private _ended;
    uint256 public revived;

    constructor(
        MaintenanceProvider maintenance_,
        ServiceModel model_,
        bytes32 machine_,
        bytes32[2] memory agreements,
        uint256[6] memory keys
    ) {
        (maintenance, model, machine) = (maintenance_, model_, machine_);
        _agreements = agreements;
        _keys = keys;
        for (uint256 i = 0; i < 6; i++) {
            _actors[i] = vm.addr(keys[i]);
        }
    }

    function pass(uint32 time) external {
        vm.warp(block.timestamp + time % 12 hours);
    }

    function requestService(uint8 fault) external {
        _call(_actors[0], abi.encodeCall(maintenance.requestService, (machine, _fault(fault), 0)));
    }

    function requestByMachine(uint8 fault) external {
        bytes32 id = CremaTypes.requestId(machine, _fault(fault));
        (CremaTypes.Attestation memory a, CremaTypes.Signature memory s) = _attested(id, CremaTypes.FAULT, 5);
        _call(_actors[4], abi.encodeCall(maintenance.requestByMachine, (_fault(fault), a, s)));
    }

    function arrange(uint256 seed) external {
        bytes32 id = _agreements[seed & 1];
        bytes32 chosen = (seed >> 8) % 4 == 0 ? bytes32(0) : id;
        if ((seed >> 16) % 2 == 0) {
            _call(_actors[0], abi.encodeCall(maintenance.setStanding, (_actors[0], 0, chosen)));
        } else {
            _call(_actors[0], abi.encodeCall(maintenance.setBackup, (_agreements[(seed >> 24) & 1], chosen)));
        }
    }

    function withdraw(uint8 actor, uint96 amount) external {
        address account = _actors[actor % 3];
        uint256 balance = maintenance.balanceOf(account);
        _call(account, abi.encodeCall(maintenance.withdraw, (amount % (balance + 2), account)));
    }

    function deposit(uint8 actor, uint96 amount) external {
        _call(address(this), abi.encodeCall(maintenance.deposit, (_actors[actor % 3], amount % 300e6 + 1)));
    }

    /// @notice What may come next for a request, by whose turn it is, a few times.
    function proceed(uint256 seed) external {
        bytes32[] memory ids = model.requestIds();
        if (ids.length == 0) return;
        for (uint256 i = 0; i < 4; i++) {
            _step(ids[seed % ids.length], uint256(keccak256(abi.encode(seed, i))));
        }
    }

    /// @notice Anything at all, by a stranger: what succeeds must be open to anyone.
    function intrude(uint256 seed) external {
        bytes32[] memory ids = model.requestIds();
        if (ids.length == 0) return;
        bytes32 id = ids[seed % ids.length];
        bytes[10] memory calls = [
            abi.encodeCall(maintenance.accept, (id)),
            abi.encodeCall(maintenance.decline, (id)),
            abi.encodeCall(maintenance.reportDone, (id, 0)),
            abi.encodeCall(maintenance.confirmFixed, (id)),
            abi.encodeCall(maintenance.dispute, (id, 0)),
            abi.encodeCall(maintenance.cancel, (id)),
            abi.encodeCall(maintenance.giveIn, (id)),
            abi.encodeCall(maintenance.rule, (_actors[3], id, CremaTypes.FOR_CREDITOR)),
            abi.encodeCall(maintenance.assign, (id, _agreements[0])),
            abi.encodeCall(maintenance.withdrawFor, (_actors[0], 1, _actors[4]))
        ];
        if (_call(_actors[4], calls[(seed >> 32) % 10])) trespasses++;
    }

    function _step(bytes32 id, uint256 seed) private {
        ServiceRequests.Request memory r = maintenance.requests(id);
        uint256 choice = (seed >> 32) % 8;
        address by = r.agreement == _agreements[1] ? _actors[2] : _actors[1];
        if (r.status == ServiceRequests.Status.Open) {
            if (choice == 0) _call(_actors[0], abi.encodeCall(maintenance.cancel, (id)));
            else _call(_actors[0], abi.encodeCall(maintenance.assign, (id, _agreements[choice & 1])));
        } else if (r.status == ServiceRequests.Status.Assigned) {
            if (choice == 0) _call(by, abi.encodeCall(maintenance.decline, (id)));
            else if (choice < 3) _escalate(id, seed);
            else _call(by, abi.encodeCall(maintenance.accept, (id)));
        } else if (r.status == ServiceRequests.Status.Accepted) {
            if (choice == 0) _call(_actors[0], abi.encodeCall(maintenance.cancel, (id)));
            else if (choice < 3) _escalate(id, seed);
            else _call(by, abi.encodeCall(maintenance.reportDone, (id, bytes32(seed))));
        } else if (r.status == ServiceRequests.Status.Reported) {
            _inspect(id, choice);
        } else if (r.status == ServiceRequests.Status.Disputed) {
            _decide(id, by, choice);
        }
    }

    function _escalate(bytes32 id, uint256 seed) private {
        address by = (seed >> 40) % 2 == 0 ? _actors[4] : _actors[0];
        bytes32 to = (seed >> 48) % 3 == 0 ? bytes32(0) : _agreements[(seed >> 56) & 1];
        _call(by, abi.encodeCall(maintenance.escalate, (id, to)));
    }

    function _inspect(bytes32 id, uint256 choice) private {
        if (choice < 2) {
            _call(_actors[0], abi.encodeCall(maintenance.confirmFixed, (id)));
        } else if (choice == 2) {
            (CremaTypes.Attestation memory a, CremaTypes.Signature memory s) =
                _attested(id, CremaTypes.FIXED, 5);
            _call(_actors[4], abi.encodeCall(maintenance.attestFixed, (a, s)));
        } else if (choice < 6) {
            _call(_actors[0], abi.encodeCall(maintenance.dispute, (id, 0)));
        } else {
            _call(_actors[4], abi.encodeCall(maintenance.settle, (id)));
        }
    }

    function _decide(bytes32 id, address by, uint256 choice) private {
        uint8 verdict = choice % 2 == 0 ? CremaTypes.FOR_CREDITOR : CremaTypes.FOR_DEBTOR;
        if (choice < 2) {
            _call(_actors[3], abi.encodeCall(maintenance.rule, (_actors[3], id, verdict)));
        } else if (choice < 4) {
            (CremaTypes.Attestation memory a, CremaTypes.Signature memory s) = _attested(id, verdict, 3);
            _call(_actors[4], abi.encodeCall(maintenance.ruleBySignature, (_actors[3], a, s)));
        } else if (choice == 4) {
            _call(choice % 2 == 0 ? by : _actors[0], abi.encodeCall(maintenance.giveIn, (id)));
        } else {
            _call(_actors[4], abi.encodeCall(maintenance.endDispute, (id)));
        }
    }

    function _attested(bytes32 subject, uint8 verdict, uint256 signer)
        private
        view
        returns (CremaTypes.Attestation memory a, CremaTypes.Signature memory s)
    {
        a = CremaTypes.Attestation(machine, subject, verdict, uint64(block.timestamp), 0);
        (s.r, s.vs) = vm.signCompact(_keys[signer], maintenance.attestationDigest(a));
    }

    function _fault(uint8 fault) private pure returns (bytes32) {
        return bytes32(uint256(fault % 6));
    }

    function _call(address by, bytes memory data) private returns (bool done) {
        vm.recordLogs();
        if (by != address(this)) vm.prank(by);
        (done,) = address(maintenance).call(data);
        if (done) succeeded++;
        else refused++;
        Vm.Log[] memory logs = vm.getRecordedLogs();
        // those of a call that was refused are among them
        if (done) model.follow(logs);
        _watchEnds();
    }

    function _watchEnds() private {
        bytes32[] memory ids = model.requestIds();
        for (uint256 i = 0; i < ids.length; i++) {
            ServiceRequests.Request memory r = maintenance.requests(ids[i]);
            if (r.status < ServiceRequests.Status.Paid) continue;
            bytes32 hash = keccak256(abi.encode(r));
            if (_ended[ids[i]] == 0) _ended[ids[i]] = hash;
            else if (_ended[ids[i]] != hash) revived++;
        }
    }
}
