// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {Roles} from "./Roles.sol";
import {Rulings} from "./Rulings.sol";
import {ServiceAgreements} from "./ServiceAgreements.sol";

/// @title ServiceRequests
/// @notice The requests for service as they are stored, how they are assigned, and how what was reserved for them is
/// distributed. How they pass from state to state, MaintenanceProvider says.
abstract contract ServiceRequests is ServiceAgreements, Rulings {
    enum Status {
        None,
        Open,
        Assigned,
        Accepted,
        Reported,
        Disputed,
        Paid,
        Refunded,
        Cancelled
    }

    /// @notice Times are in seconds. The last four fields are those of the present assignment.
    struct Request {
        address manufacturer;
        uint40 requestedAt;
        uint40 assignedAt;
        Status status;
        bytes32 machine;
        bytes32 agreement;
        uint40 acceptedAt;
        uint40 reportedAt;
    }

    /// @notice How old a machine's attestation of a fault may be.
    uint40 public constant FAULT_MAX_AGE = 1 days;
    /// @notice The least time between two requests that one machine makes itself: what a stolen machine key can cost.
    uint40 public constant MACHINE_INTERVAL = 1 days;

    mapping(bytes32 => Request) internal _requests;
    mapping(bytes32 => bytes32) internal _lastByMachine;

    event ServiceRequested(
        bytes32 indexed request, bytes32 indexed machine, bytes32 fault, bytes32 evidence, address indexed by
    );
    event ServiceAssigned(
        bytes32 indexed request,
        bytes32 indexed agreement,
        address indexed provider,
        uint96 reserved,
        uint40 respondBy,
        uint40 repairBy
    );
    event ServiceAccepted(bytes32 indexed request, address indexed provider, uint96 stake);
    event ServiceDeclined(bytes32 indexed request, address indexed provider);
    event ServiceReported(
        bytes32 indexed request, address indexed provider, bytes32 work, uint40 inspectUntil
    );
    event ServiceAttested(bytes32 indexed request, uint8 verdict, address indexed by, bytes32 evidence);
    event ServiceDisputed(bytes32 indexed request, uint96 bond, uint40 rulingUntil, bytes32 reason);
    event ServiceRuled(bytes32 indexed request, address indexed oracle, uint8 verdict);
    event ServicePaid(
        bytes32 indexed request, address indexed provider, uint96 fee, uint96 bonus, uint96 penalty
    );
    event ServiceRefunded(bytes32 indexed request, uint96 amount, uint96 penalty);
    event ServiceEscalated(bytes32 indexed request, bytes32 indexed from, bytes32 indexed to, uint96 penalty);
    event ServiceCancelled(bytes32 indexed request, uint96 paid);

    error ServiceAlreadyRequested(bytes32 request, uint40 requestedAt);
    error MachineRequestOpen(bytes32 machine, bytes32 request);
    error MachineRequestTooSoon(bytes32 machine, uint40 possibleFrom);
    error WrongStatus(bytes32 request, Status status);
    error ResponseTooLate(bytes32 request, uint40 respondBy);
    error InspectionOver(bytes32 request, uint40 inspectUntil);
    error InspectionNotOver(bytes32 request, uint40 inspectUntil);
    error NotOverdue(bytes32 request, uint40 dueUntil);
    error NotTheBackup(bytes32 agreement, bytes32 backup);

    /// @notice When `request` was made, in seconds; 0 if never.
    function requestedAt(bytes32 request) external view returns (uint40) {
        return _requests[request].requestedAt;
    }

    function requests(bytes32 request) external view returns (Request memory) {
        return _requests[request];
    }

    /// @notice The newest request that this machine made itself; 0 if none.
    function lastByMachine(bytes32 machine) external view returns (bytes32) {
        return _lastByMachine[machine];
    }

    /// @notice The id of the request for service of this machine for this fault.
    function requestId(bytes32 machine, bytes32 fault) external pure returns (bytes32) {
        return CremaTypes.requestId(machine, fault);
    }

    /// @dev Bonus and penalty of an agreement for work that was due and reported at these times, in seconds.
    /// Only whole hours count as early; each hour begun counts as late.
    function _reward(bytes32 agreement, uint40 repairBy, uint40 reportedAt)
        internal
        view
        returns (uint96 bonus, uint96 penalty)
    {
        Agreement storage a = _agreed(agreement);
        if (reportedAt <= repairBy) {
            bonus = _capped(a.bonusPerHour, (repairBy - reportedAt) / 1 hours, a.bonusCap);
        } else {
            penalty = _capped(a.penaltyPerHour, (reportedAt - repairBy + 1 hours - 1) / 1 hours, a.penaltyCap);
        }
    }

    function _request(bytes32 machine, bytes32 fault, bytes32 evidence, address manufacturer, address by)
        internal
        returns (bytes32 request)
    {
        _requireRole(manufacturer, Roles.MANUFACTURER);
        request = CremaTypes.requestId(machine, fault);
        Request storage r = _requests[request];
        require(r.status == Status.None, ServiceAlreadyRequested(request, r.requestedAt));
        r.manufacturer = manufacturer;
        r.requestedAt = uint40(block.timestamp);
        r.status = Status.Open;
        r.machine = machine;
        emit ServiceRequested(request, machine, fault, evidence, by);
    }

    function _assignStanding(bytes32 request) internal {
        Request storage r = _requests[request];
        bytes32 standing = standingFor(r.manufacturer, r.machine);
        if (_canAssign(r, standing)) _assign(request, standing);
    }

    /// @dev Assigns an open request, or reverts.
    function _assign(bytes32 request, bytes32 agreement) internal {
        Request storage r = _requests[request];
        _requireUsable(agreement, r.manufacturer, r.machine);
        Agreement storage a = _agreed(agreement);
        _requireRole(a.provider, Roles.SERVICE_PROVIDER);
        uint96 reserved = _price(a);
        uint40 assignedAt = uint40(block.timestamp);
        r.agreement = agreement;
        r.assignedAt = assignedAt;
        r.status = Status.Assigned;
        _reserve(r.manufacturer, reserved);
        emit ServiceAssigned(
            request, agreement, a.provider, reserved, assignedAt + a.responseTime, assignedAt + a.repairTime
        );
    }

    /// @dev Whether _assign would succeed.
    function _canAssign(Request storage r, bytes32 agreement) internal view returns (bool) {
        if (agreement == 0 || !_isUsable(agreement, r.manufacturer, r.machine)) return false;
        Agreement storage a = _agreed(agreement);
        return _hasRole(a.provider, Roles.SERVICE_PROVIDER) && balanceOf(r.manufacturer) >= _price(a);
    }

    /// @dev Distributes what both reserved: `paid` goes to the provider, `penalty` of its stake to the manufacturer, and
    /// each gets the rest of its own back.
    function _distribute(Request storage r, Agreement storage a, uint256 paid, uint96 penalty) internal {
        (address manufacturer, address provider) = (a.manufacturer, a.provider);
        _release(manufacturer, provider, paid);
        _release(manufacturer, manufacturer, _price(a) - paid);
        if (r.acceptedAt == 0) return;
        _release(provider, manufacturer, penalty);
        _release(provider, provider, a.penaltyCap - penalty);
    }

    /// @dev Takes a request from its provider, at the cost of `penalty`, and opens it again.
    function _unassign(Request storage r, Agreement storage a, uint96 penalty) internal {
        _distribute(r, a, 0, penalty);
        r.status = Status.Open;
        r.agreement = 0;
        r.assignedAt = 0;
        r.acceptedAt = 0;
    }

    /// @dev What a provider that let its time pass loses; reverts if its time has not passed.
    function _overdue(bytes32 request, Request storage r)
        internal
        view
        returns (Agreement storage a, uint96 penalty)
    {
        Status status = r.status;
        require(status == Status.Assigned || status == Status.Accepted, WrongStatus(request, status));
        a = _agreed(r.agreement);
        uint40 dueUntil =
            r.assignedAt + (status == Status.Assigned ? a.responseTime : 2 * uint40(a.repairTime));
        require(block.timestamp > dueUntil, NotOverdue(request, dueUntil));
        if (status == Status.Accepted) penalty = a.penaltyCap;
    }

    function _pay(bytes32 request, Request storage r, Agreement storage a) internal {
        (uint96 bonus, uint96 penalty) = _reward(r.agreement, r.assignedAt + a.repairTime, r.reportedAt);
        r.status = Status.Paid;
        _distribute(r, a, uint256(a.fee) + bonus, penalty);
        emit ServicePaid(request, a.provider, a.fee, bonus, penalty);
    }

    /// @inheritdoc Rulings
    function _ruled(bytes32 request, address oracle, uint8 verdict) internal override {
        Request storage r = _requests[request];
        Agreement storage a = _agreed(r.agreement);
        emit ServiceRuled(request, oracle, verdict);
        if (verdict == CremaTypes.FOR_CREDITOR) return _pay(request, r, a);
        r.status = Status.Refunded;
        _distribute(r, a, 0, a.penaltyCap);
        emit ServiceRefunded(request, _price(a), a.penaltyCap);
    }

    function _requireMachineMayAsk(bytes32 machine) internal view {
        bytes32 last = _lastByMachine[machine];
        if (last == 0) return;
        Request storage r = _requests[last];
        require(r.status >= Status.Paid, MachineRequestOpen(machine, last));
        uint40 possibleFrom = r.requestedAt + MACHINE_INTERVAL;
        require(block.timestamp >= possibleFrom, MachineRequestTooSoon(machine, possibleFrom));
    }

    function _manufacturerOf(bytes32 machine) internal view returns (address manufacturer) {
        manufacturer = identity.machines(machine).manufacturer;
        // reverts for one that is unknown
        identity.requireMachineOf(machine, manufacturer);
    }

    function _in(bytes32 request, Status status) internal view returns (Request storage r) {
        r = _requests[request];
        require(r.status == status, WrongStatus(request, r.status));
    }

    function _assigned(bytes32 request, Status status)
        internal
        view
        returns (Request storage r, Agreement storage a)
    {
        r = _in(request, status);
        a = _agreed(r.agreement);
    }

    /// @dev A request in this state, for a caller who acts for its provider.
    function _byProvider(bytes32 request, Status status)
        internal
        view
        returns (Request storage r, Agreement storage a)
    {
        (r, a) = _assigned(request, status);
        _requireActsFor(a.provider);
    }

    /// @dev A reported request, for a caller who acts for its manufacturer.
    function _byManufacturer(bytes32 request) internal view returns (Request storage r, Agreement storage a) {
        (r, a) = _assigned(request, Status.Reported);
        _requireActsFor(r.manufacturer);
    }

    /// @dev The most that an agreement costs per request, which is what is reserved for one.
    function _price(Agreement storage a) internal view returns (uint96) {
        return a.fee + a.bonusCap;
    }

    function _capped(uint96 perUnit, uint256 units, uint96 cap) internal pure returns (uint96) {
        uint256 amount = perUnit * units;
        return amount < cap ? uint96(amount) : cap;
    }
}
