// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {Deliveries} from "./Deliveries.sol";
import {Rentals} from "./Rentals.sol";

/// @title RentalTerm
/// @notice The course of a rental: it begins when the machine is there, lasts at least its minimum term, can be
/// terminated by either side and renewed by both, and ends with the machine's return.
abstract contract RentalTerm is Rentals {
    /// @notice What one side proposed; `minimumUntil` 0 = nothing.
    struct Renewal {
        uint40 minimumUntil;
        bool byCustomer;
    }

    /// @notice The longest minimum term, and how far ahead a renewal can bind.
    uint40 public constant MAX_MINIMUM_TERM = 3650 days;
    uint40 public constant MAX_NOTICE = 365 days;
    /// @notice After which silence of the manufacturer a machine that was handed over counts as returned.
    uint40 public constant RETURN_TIME = 14 days;

    Deliveries public immutable supply;

    mapping(bytes32 => Renewal) private _renewals;

    event RentalBegun(bytes32 indexed rental, uint40 startedAt, bytes32 order);
    event RentalTerminated(bytes32 indexed rental, address indexed by, uint40 endsAt);
    event RenewalProposed(bytes32 indexed rental, address indexed by, uint40 minimumUntil);
    event RentalRenewed(bytes32 indexed rental, uint40 minimumUntil);
    event MachineHandedOver(bytes32 indexed rental, uint40 handedOverAt);
    /// @param confirmed by the manufacturer; else it was silent
    event MachineReturned(bytes32 indexed rental, bool confirmed);

    error RentalAlreadyBegun(bytes32 rental, uint40 startedAt);
    error OrderForOther(bytes32 order, bytes32 subject, bytes32 rental);
    error OrderForOtherRecipient(bytes32 order, address recipient, address customer);
    error OrderNotDelivered(bytes32 order);
    error RentalAlreadyTerminated(bytes32 rental, uint40 endsAt);
    error MinimumTermTooLong(uint64 minimumTerm, uint40 longest);
    error NoticeTooLong(uint32 notice, uint40 longest);
    error MinimumOutOfBounds(uint40 minimumUntil, uint256 earliest, uint256 latest);
    error NoRenewalProposed(bytes32 rental, uint40 minimumUntil, uint40 proposed);
    error AlreadyHandedOver(bytes32 rental, uint40 handedOverAt);
    error NotHandedOver(bytes32 rental);
    error AlreadyReturned(bytes32 rental);
    error ReturnNotConfirmed(bytes32 rental, uint256 countsFrom, uint256 time);

    constructor(Deliveries supply_) {
        supply = supply_;
    }

    /// @notice Says that the machine is there: from now on the minimum term and downtime count.
    /// @param order 0: said by the customer. Else a delivered SupplyProvider order for this rental; anyone may show it.
    function begin(CremaTypes.Offer calldata offer, address customer, bytes32 order) external {
        (bytes32 rental, Rental storage stored) = _rentalOf(offer, customer);
        require(stored.startedAt == 0, RentalAlreadyBegun(rental, stored.startedAt));
        _requireNotEnded(rental, stored);
        if (order == 0) _requireActsFor(customer);
        else _requireDelivered(order, rental, customer);
        stored.startedAt = uint40(block.timestamp);
        emit RentalBegun(rental, uint40(block.timestamp), order);
    }

    /// @notice Gives notice, by either side: the rental ends after the notice, and not before its minimum term.
    function terminate(CremaTypes.Offer calldata offer, address customer) external {
        (bytes32 rental, Rental storage stored) = _rentalOf(offer, customer);
        address by = _callingParty(customer, offer.manufacturer);
        require(stored.endsAt == 0, RentalAlreadyTerminated(rental, stored.endsAt));
        uint40 endsAt = uint40(block.timestamp) + offer.terms.notice;
        uint40 minimum = _minimumUntil(rental, stored.startedAt, offer.terms.minimumTerm);
        if (minimum > endsAt) endsAt = minimum;
        stored.endsAt = endsAt;
        delete _renewals[rental];
        emit RentalTerminated(rental, by, endsAt);
    }

    /// @notice Proposes to the other side that the rental lasts at least until `minimumUntil`, whether it was terminated
    /// or not. It replaces what either side proposed before, and ends with a termination. 0 takes a proposal back.
    function proposeRenewal(CremaTypes.Offer calldata offer, address customer, uint40 minimumUntil) external {
        (bytes32 rental, Rental storage stored) = _rentalOf(offer, customer);
        address by = _callingParty(customer, offer.manufacturer);
        _requireRenewable(rental, stored);
        if (minimumUntil != 0) _requireMinimum(minimumUntil);
        _renewals[rental] = Renewal(minimumUntil, by == customer);
        emit RenewalProposed(rental, by, minimumUntil);
    }

    /// @notice Accepts what the other side proposed. A termination is lifted by it.
    /// @param minimumUntil as proposed, so that nothing else can be slipped in
    function acceptRenewal(CremaTypes.Offer calldata offer, address customer, uint40 minimumUntil) external {
        (bytes32 rental, Rental storage stored) = _rentalOf(offer, customer);
        Renewal memory proposed = _renewals[rental];
        require(
            proposed.minimumUntil != 0 && proposed.minimumUntil == minimumUntil,
            NoRenewalProposed(rental, minimumUntil, proposed.minimumUntil)
        );
        _requireActsFor(proposed.byCustomer ? offer.manufacturer : customer);
        _requireRenewable(rental, stored);
        _requireMinimum(minimumUntil);
        stored.endsAt = 0;
        _courses[rental].minimumUntil = minimumUntil;
        delete _renewals[rental];
        emit RentalRenewed(rental, minimumUntil);
    }

    /// @notice Says that the machine of a terminated rental left the customer; by the customer.
    function handOver(CremaTypes.Offer calldata offer, address customer) external {
        (bytes32 rental, Rental storage stored) = _rentalOf(offer, customer);
        _requireActsFor(customer);
        require(stored.endsAt != 0, RentalNotTerminated(rental));
        Course storage course = _courses[rental];
        require(course.handedOverAt == 0, AlreadyHandedOver(rental, course.handedOverAt));
        course.handedOverAt = uint40(block.timestamp);
        emit MachineHandedOver(rental, uint40(block.timestamp));
    }

    /// @notice Says that the machine is back; by the manufacturer, or by anyone once it was silent for RETURN_TIME.
    function confirmReturn(CremaTypes.Offer calldata offer, address customer) external {
        (bytes32 rental, Rental storage stored) = _rentalOf(offer, customer);
        uint40 handedOverAt = _courses[rental].handedOverAt;
        require(handedOverAt != 0, NotHandedOver(rental));
        require(!stored.returned, AlreadyReturned(rental));
        bool confirmed = payment.actsFor(offer.manufacturer, msg.sender);
        if (!confirmed) {
            uint256 countsFrom = uint256(handedOverAt) + RETURN_TIME;
            require(block.timestamp >= countsFrom, ReturnNotConfirmed(rental, countsFrom, block.timestamp));
        }
        stored.returned = true;
        emit MachineReturned(rental, confirmed);
    }

    /// @notice What is proposed for `rental` now.
    function renewals(bytes32 rental) external view returns (Renewal memory) {
        return _renewals[rental];
    }

    /// @dev Terms whose end could not be computed, or would never come, are refused when the rental is concluded.
    function _requireTerm(CremaTypes.Terms calldata terms) internal pure {
        require(
            terms.minimumTerm <= MAX_MINIMUM_TERM, MinimumTermTooLong(terms.minimumTerm, MAX_MINIMUM_TERM)
        );
        require(terms.notice <= MAX_NOTICE, NoticeTooLong(terms.notice, MAX_NOTICE));
    }

    /// @dev Before which a rental that began at `startedAt` does not end; what a renewal agreed on counts even if it
    /// has not begun.
    function _minimumUntil(bytes32 rental, uint40 startedAt, uint64 minimumTerm)
        private
        view
        returns (uint40 minimum)
    {
        minimum = _courses[rental].minimumUntil;
        if (startedAt == 0) return minimum;
        uint40 first = startedAt + uint40(minimumTerm);
        if (first > minimum) minimum = first;
    }

    function _requireDelivered(bytes32 order, bytes32 rental, address customer) private view {
        (bytes32 subject, address recipient, bool delivered) = supply.deliveredFor(order);
        require(subject == rental, OrderForOther(order, subject, rental));
        // else a manufacturer could begin a rental by a delivery to a friend
        require(recipient == customer, OrderForOtherRecipient(order, recipient, customer));
        require(delivered, OrderNotDelivered(order));
    }

    function _requireRenewable(bytes32 rental, Rental storage stored) private view {
        _requireNotEnded(rental, stored);
        uint40 handedOverAt = _courses[rental].handedOverAt;
        require(handedOverAt == 0, AlreadyHandedOver(rental, handedOverAt));
    }

    function _requireMinimum(uint40 minimumUntil) private view {
        uint256 latest = block.timestamp + MAX_MINIMUM_TERM;
        require(
            minimumUntil > block.timestamp && minimumUntil <= latest,
            MinimumOutOfBounds(minimumUntil, block.timestamp + 1, latest)
        );
    }
}
