// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {MaintenanceProvider} from "../../src/MaintenanceProvider.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {ServiceAgreements} from "../../src/ServiceAgreements.sol";
import {ServiceRequests} from "../../src/ServiceRequests.sol";
import {Vm} from "./Vm.sol";

/// @notice The state of a MaintenanceProvider, made of its events alone; of the chain it knows the time of their block,
/// of the IdentityProvider whose machine it is.
contract ServiceModel {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    MaintenanceProvider private immutable maintenance;
    IdentityProvider private immutable identity;

    mapping(address => uint256) private _balances;
    mapping(address => uint256) private _reserved;
    mapping(bytes32 => CremaTypes.ServiceAgreement) private _terms;
    mapping(bytes32 => bool) private _ended;
    mapping(bytes32 => bytes32) private _backups;
    mapping(address => mapping(bytes32 => bytes32)) private _standing;
    mapping(bytes32 => ServiceRequests.Request) private _requests;
    mapping(bytes32 => uint96) private _bonds;
    mapping(bytes32 => uint40) private _rulingUntil;
    mapping(bytes32 => bytes32) private _lastByMachine;
    bytes32[] private _agreementIds;
    bytes32[] private _requestIds;
    address[] private _accounts;

    constructor(MaintenanceProvider maintenance_) {
        maintenance = maintenance_;
        identity = maintenance_.identity();
    }

    function requestIds() external view returns (bytes32[] memory) {
        return _requestIds;
    }

    function accounts() external view returns (address[] memory) {
        return _accounts;
    }

    /// @notice Follows what was emitted in this block.
    function follow(Vm.Log[] memory logs) external {
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].emitter != address(maintenance)) continue;
            bytes32[] memory t = logs[i].topics;
            if (_money(t, logs[i].data)) continue;
            if (_arrangement(t, logs[i].data)) continue;
            if (_progress(t, logs[i].data)) continue;
            if (_end(t, logs[i].data)) continue;
            require(t[0] == OfferNonces.OfferCancelled.selector, "an event that the model does not know");
        }
    }

    /// @notice Compares all of it with the contract.
    function check() external view {
        for (uint256 i = 0; i < _accounts.length; i++) {
            vm.assertEq(maintenance.balanceOf(_accounts[i]), _balances[_accounts[i]], "balance");
            vm.assertEq(maintenance.reservedOf(_accounts[i]), _reserved[_accounts[i]], "reserved");
        }
        for (uint256 i = 0; i < _requestIds.length; i++) {
            bytes32 id = _requestIds[i];
            vm.assertEq(
                keccak256(abi.encode(maintenance.requests(id))),
                keccak256(abi.encode(_requests[id])),
                "request"
            );
            vm.assertEq(maintenance.disputes(id).bond, _bonds[id], "bond");
            vm.assertEq(maintenance.disputes(id).rulingUntil, _rulingUntil[id], "ruling until");
            bytes32 machine = _requests[id].machine;
            vm.assertEq(maintenance.lastByMachine(machine), _lastByMachine[machine], "last by machine");
        }
        for (uint256 i = 0; i < _agreementIds.length; i++) {
            _checkAgreement(_agreementIds[i]);
        }
    }

    function _checkAgreement(bytes32 id) private view {
        CremaTypes.ServiceAgreement storage t = _terms[id];
        vm.assertEq(
            keccak256(abi.encode(maintenance.agreements(id))),
            keccak256(
                abi.encode(
                    ServiceAgreements.Agreement(
                        t.manufacturer,
                        t.fee,
                        t.provider,
                        t.penaltyCap,
                        t.bonusPerHour,
                        t.bonusCap,
                        t.responseTime,
                        t.repairTime,
                        t.penaltyPerHour,
                        t.disputeBond,
                        t.inspectionTime,
                        _ended[id],
                        t.machine
                    )
                )
            ),
            "agreement"
        );
        vm.assertTrue(maintenance.nonceUsed(t.provider, t.nonce), "nonce");
        vm.assertEq(maintenance.backupOf(id), _backups[id], "backup");
        vm.assertEq(maintenance.standingFor(t.manufacturer, 0), _standing[t.manufacturer][0], "standing");
    }

    function _money(bytes32[] memory t, bytes memory data) private returns (bool) {
        address account = t.length > 1 ? address(uint160(uint256(t[1]))) : address(0);
        if (t[0] == Accounts.Deposited.selector) {
            _know(account);
            _balances[account] += abi.decode(data, (uint96));
        } else if (t[0] == Accounts.Withdrawn.selector) {
            _balances[account] -= abi.decode(data, (uint256));
        } else {
            return false;
        }
        return true;
    }

    function _know(address account) private {
        for (uint256 i = 0; i < _accounts.length; i++) {
            if (_accounts[i] == account) return;
        }
        _accounts.push(account);
    }

    function _arrangement(bytes32[] memory t, bytes memory data) private returns (bool) {
        if (t[0] == ServiceAgreements.ServiceAgreed.selector) {
            _agreementIds.push(t[1]);
            _terms[t[1]] = abi.decode(data, (CremaTypes.ServiceAgreement));
            _know(_terms[t[1]].provider);
            _know(_terms[t[1]].manufacturer);
        } else if (t[0] == ServiceAgreements.ServiceAgreementEnded.selector) {
            _ended[t[1]] = true;
        } else if (t[0] == ServiceAgreements.StandingAgreementChanged.selector) {
            _standing[address(uint160(uint256(t[1])))][t[2]] = t[3];
        } else if (t[0] == ServiceAgreements.BackupAgreementChanged.selector) {
            _backups[t[1]] = abi.decode(data, (bytes32));
        } else {
            return false;
        }
        return true;
    }

    function _progress(bytes32[] memory t, bytes memory data) private returns (bool) {
        ServiceRequests.Request storage r = _requests[t[1]];
        CremaTypes.ServiceAgreement storage a = _terms[r.agreement];
        if (t[0] == ServiceRequests.ServiceRequested.selector) {
            _requestIds.push(t[1]);
            r.manufacturer = identity.machines(t[2]).manufacturer;
            r.machine = t[2];
            r.requestedAt = uint40(block.timestamp);
            r.status = ServiceRequests.Status.Open;
        } else if (t[0] == ServiceRequests.ServiceAttested.selector) {
            (uint8 verdict,) = abi.decode(data, (uint8, bytes32));
            if (verdict == CremaTypes.FAULT) _lastByMachine[r.machine] = t[1];
        } else if (t[0] == ServiceRequests.ServiceAssigned.selector) {
            (uint96 reserved,, uint40 repairBy) = abi.decode(data, (uint96, uint40, uint40));
            r.agreement = t[2];
            r.assignedAt = repairBy - _terms[t[2]].repairTime;
            r.status = ServiceRequests.Status.Assigned;
            _reserve(r.manufacturer, reserved);
        } else if (t[0] == ServiceRequests.ServiceAccepted.selector) {
            r.acceptedAt = uint40(block.timestamp);
            r.status = ServiceRequests.Status.Accepted;
            _reserve(a.provider, abi.decode(data, (uint96)));
        } else if (t[0] == ServiceRequests.ServiceReported.selector) {
            (, uint40 inspectUntil) = abi.decode(data, (bytes32, uint40));
            r.reportedAt = inspectUntil - a.inspectionTime;
            r.status = ServiceRequests.Status.Reported;
        } else if (t[0] == ServiceRequests.ServiceDisputed.selector) {
            (uint96 bond, uint40 rulingUntil,) = abi.decode(data, (uint96, uint40, bytes32));
            (_bonds[t[1]], _rulingUntil[t[1]]) = (bond, rulingUntil);
            r.status = ServiceRequests.Status.Disputed;
            _reserve(r.manufacturer, bond);
        } else {
            return false;
        }
        return true;
    }

    function _end(bytes32[] memory t, bytes memory data) private returns (bool) {
        ServiceRequests.Request storage r = _requests[t[1]];
        CremaTypes.ServiceAgreement storage a = _terms[r.agreement];
        if (t[0] == ServiceRequests.ServiceDeclined.selector) {
            _open(r, a, 0);
        } else if (t[0] == ServiceRequests.ServiceEscalated.selector) {
            _open(r, a, abi.decode(data, (uint96)));
        } else if (t[0] == ServiceRequests.ServiceRuled.selector) {
            bool creditor = abi.decode(data, (uint8)) == CremaTypes.FOR_CREDITOR;
            _release(r.manufacturer, creditor ? a.provider : r.manufacturer, _bonds[t[1]]);
            (_bonds[t[1]], _rulingUntil[t[1]]) = (0, 0);
        } else if (t[0] == ServiceRequests.ServicePaid.selector) {
            (uint96 fee, uint96 bonus, uint96 penalty) = abi.decode(data, (uint96, uint96, uint96));
            _distribute(r, a, fee + bonus, penalty);
            r.status = ServiceRequests.Status.Paid;
        } else if (t[0] == ServiceRequests.ServiceRefunded.selector) {
            (, uint96 penalty) = abi.decode(data, (uint96, uint96));
            _distribute(r, a, 0, penalty);
            r.status = ServiceRequests.Status.Refunded;
        } else if (t[0] == ServiceRequests.ServiceCancelled.selector) {
            if (r.agreement != 0) _distribute(r, a, abi.decode(data, (uint96)), 0);
            r.status = ServiceRequests.Status.Cancelled;
        } else {
            return false;
        }
        return true;
    }

    function _open(ServiceRequests.Request storage r, CremaTypes.ServiceAgreement storage a, uint96 penalty)
        private
    {
        _distribute(r, a, 0, penalty);
        (r.agreement, r.assignedAt, r.acceptedAt) = (0, 0, 0);
        r.status = ServiceRequests.Status.Open;
    }

    function _distribute(
        ServiceRequests.Request storage r,
        CremaTypes.ServiceAgreement storage a,
        uint256 paid,
        uint256 penalty
    ) private {
        _release(r.manufacturer, a.provider, paid);
        _release(r.manufacturer, r.manufacturer, uint256(a.fee) + a.bonusCap - paid);
        if (r.acceptedAt == 0) return;
        _release(a.provider, r.manufacturer, penalty);
        _release(a.provider, a.provider, a.penaltyCap - penalty);
    }

    function _reserve(address account, uint256 amount) private {
        _balances[account] -= amount;
        _reserved[account] += amount;
    }

    function _release(address from, address to, uint256 amount) private {
        _reserved[from] -= amount;
        _balances[to] += amount;
    }
}
