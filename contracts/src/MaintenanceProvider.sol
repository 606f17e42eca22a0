// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {IdentityProvider} from "./IdentityProvider.sol";
import {Parties} from "./Parties.sol";
import {PaymentProvider} from "./PaymentProvider.sol";
import {Roles} from "./Roles.sol";
import {ServiceRequests} from "./ServiceRequests.sol";

/// @title MaintenanceProvider
/// @notice Requests for service of machines, and the money that agreements stake on them. Its EIP-712 domain is also
/// that of TelemetryBatch.
///
/// A request is Open until an agreement takes it (Assigned: fee and highest bonus reserved from the manufacturer). The
/// provider accepts it (Accepted: highest penalty reserved from the provider) and reports the work done (Reported);
/// lateness is measured by the block time of that report. It is paid when the machine attests the repair, when the
/// manufacturer confirms it, or after the manufacturer's silence; or Disputed, see Rulings.
/// Every state has an exit that one party has alone, or that time opens to anyone:
/// Open, Assigned: the manufacturer cancels. Assigned: the provider declines. Accepted: the provider reports; the
/// manufacturer cancels and pays the fee; after twice the repair time anyone escalates. Reported: anyone settles after
/// the inspection time. Disputed: anyone ends it after the time for a ruling.
contract MaintenanceProvider is ServiceRequests {
    constructor(IdentityProvider identity_, PaymentProvider payment_) Parties(identity_, payment_) {}

    /// @notice Asks for service of `machine`, called by whoever acts for its manufacturer, once per fault: each
    /// occurrence of a fault has an id of its own. If the machine's standing agreement can take the request, it is
    /// assigned at once; else it is on the record, unpaid, until it is assigned.
    /// @param fault the id of this occurrence of the fault
    /// @param evidence the hash of the readings that show it
    /// @return request keccak256(abi.encode(machine, fault))
    function requestService(bytes32 machine, bytes32 fault, bytes32 evidence)
        external
        returns (bytes32 request)
    {
        address manufacturer = _manufacturerOf(machine);
        _requireActsFor(manufacturer);
        request = _request(machine, fault, evidence, manufacturer, manufacturer);
        _assignStanding(request);
    }

    /// @notice Asks for service by the machine's own Attestation. Anyone relays it. One machine has one such request
    /// open at a time, and makes one a day at most.
    /// @param attestation verdict FAULT, subject the id of the request, signed within the last day
    function requestByMachine(
        bytes32 fault,
        CremaTypes.Attestation memory attestation,
        CremaTypes.Signature calldata signature
    ) external returns (bytes32 request) {
        bytes32 machine = attestation.machine;
        request = CremaTypes.requestId(machine, fault);
        require(attestation.subject == request, WrongSubject(attestation.subject, request));
        _requireStates(attestation, CremaTypes.FAULT, block.timestamp - FAULT_MAX_AGE);
        address key = _requireByMachine(attestation, signature);
        _requireMachineMayAsk(machine);
        _lastByMachine[machine] = request;
        _request(machine, fault, attestation.evidence, _manufacturerOf(machine), key);
        emit ServiceAttested(request, CremaTypes.FAULT, key, attestation.evidence);
        _assignStanding(request);
    }

    /// @notice Assigns an open request to an agreement of the manufacturer, called by whoever acts for it.
    function assign(bytes32 request, bytes32 agreement) external {
        Request storage r = _in(request, Status.Open);
        _requireActsFor(r.manufacturer);
        _assign(request, agreement);
    }

    /// @notice Takes a request on, called by whoever acts for its provider until the response time is over.
    function accept(bytes32 request) external {
        (Request storage r, Agreement storage a) = _byProvider(request, Status.Assigned);
        _requireRole(a.provider, Roles.SERVICE_PROVIDER);
        uint40 respondBy = r.assignedAt + a.responseTime;
        require(block.timestamp <= respondBy, ResponseTooLate(request, respondBy));
        r.status = Status.Accepted;
        r.acceptedAt = uint40(block.timestamp);
        _reserve(a.provider, a.penaltyCap);
        emit ServiceAccepted(request, a.provider, a.penaltyCap);
    }

    /// @notice Refuses a request before it is accepted, called by whoever acts for its provider. The backup takes it if
    /// it can.
    function decline(bytes32 request) external {
        (Request storage r, Agreement storage a) = _byProvider(request, Status.Assigned);
        bytes32 backup = backupOf(r.agreement);
        _unassign(r, a, 0);
        emit ServiceDeclined(request, a.provider);
        if (_canAssign(r, backup)) _assign(request, backup);
    }

    /// @notice Reports the work as done, called by whoever acts for the provider. The block's time decides on bonus and
    /// penalty.
    /// @param work the hash of the provider's report
    function reportDone(bytes32 request, bytes32 work) external {
        (Request storage r, Agreement storage a) = _byProvider(request, Status.Accepted);
        r.status = Status.Reported;
        r.reportedAt = uint40(block.timestamp);
        emit ServiceReported(request, a.provider, work, r.reportedAt + a.inspectionTime);
    }

    /// @notice Pays a reported request at once, by the machine's Attestation that the fault is gone. Anyone relays it.
    /// @param attestation verdict FIXED, subject the request, signed after the provider had accepted
    function attestFixed(CremaTypes.Attestation memory attestation, CremaTypes.Signature calldata signature)
        external
    {
        bytes32 request = attestation.subject;
        (Request storage r, Agreement storage a) = _assigned(request, Status.Reported);
        require(attestation.machine == r.machine, WrongMachine(attestation.machine, r.machine));
        _requireStates(attestation, CremaTypes.FIXED, r.acceptedAt);
        address key = _requireByMachine(attestation, signature);
        emit ServiceAttested(request, CremaTypes.FIXED, key, attestation.evidence);
        _pay(request, r, a);
    }

    /// @notice Pays a reported request at once, called by whoever acts for the manufacturer.
    function confirmFixed(bytes32 request) external {
        (Request storage r, Agreement storage a) = _byManufacturer(request);
        _pay(request, r, a);
    }

    /// @notice Pays a reported request that was not disputed within its inspection time. Anyone may call it.
    function settle(bytes32 request) external {
        (Request storage r, Agreement storage a) = _assigned(request, Status.Reported);
        uint40 inspectUntil = r.reportedAt + a.inspectionTime;
        require(block.timestamp > inspectUntil, InspectionNotOver(request, inspectUntil));
        _pay(request, r, a);
    }

    /// @notice Disputes that the reported work was done, within the inspection time, called by whoever acts for the
    /// manufacturer. Reserves the agreement's bond, which whoever wins gets; see Rulings.
    /// IMPORTANT: a provider that loses loses its whole stake, as one that never came.
    /// @param reason the hash of what is found wrong
    function dispute(bytes32 request, bytes32 reason) external {
        (Request storage r, Agreement storage a) = _byManufacturer(request);
        uint40 inspectUntil = r.reportedAt + a.inspectionTime;
        require(block.timestamp <= inspectUntil, InspectionOver(request, inspectUntil));
        r.status = Status.Disputed;
        uint40 rulingUntil = _openDispute(request, r.manufacturer, a.provider, a.disputeBond);
        emit ServiceDisputed(request, a.disputeBond, rulingUntil, reason);
    }

    /// @notice Takes a request from a provider that did not accept in time, or that accepted and did not report within
    /// twice the repair time; the latter loses its stake to the manufacturer.
    /// @param agreement who goes on: anyone may call with the backup (0 if there is none); whoever acts for the
    /// manufacturer also with any other of its agreements, or 0 for none. A backup that cannot take the request leaves
    /// it open.
    function escalate(bytes32 request, bytes32 agreement) external {
        Request storage r = _requests[request];
        (Agreement storage a, uint96 penalty) = _overdue(request, r);
        bytes32 from = r.agreement;
        bool chosen = _actsFor(r.manufacturer, msg.sender);
        require(chosen || agreement == backupOf(from), NotTheBackup(agreement, backupOf(from)));
        _unassign(r, a, penalty);
        bytes32 to = chosen || _canAssign(r, agreement) ? agreement : bytes32(0);
        emit ServiceEscalated(request, from, to, penalty);
        if (to != 0) _assign(request, to);
    }

    /// @notice Gives a request up, called by whoever acts for the manufacturer: free of charge before the provider has
    /// accepted; from then until its report the fee is paid.
    function cancel(bytes32 request) external {
        Request storage r = _requests[request];
        _requireActsFor(r.manufacturer);
        Status status = r.status;
        require(status >= Status.Open && status <= Status.Accepted, WrongStatus(request, status));
        uint96 paid;
        if (status != Status.Open) {
            Agreement storage a = _agreed(r.agreement);
            if (status == Status.Accepted) paid = a.fee;
            _distribute(r, a, paid, 0);
        }
        r.status = Status.Cancelled;
        emit ServiceCancelled(request, paid);
    }
}
