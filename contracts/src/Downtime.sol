// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {Rentals} from "./Rentals.sol";
import {Rulings} from "./Rulings.sol";

/// @title Downtime
/// @notice The manufacturer's bond, from which the customer is paid for the time in which the machine was down: what the
/// terms promise per hour, up to their cap and to the bond. With the machine's own Attestation it is paid at once, else
/// after DISPUTE_TIME, unless the manufacturer disputes it and stakes as much again.
/// A claim uses its share of the cap up, also when it is rejected: so all claims together, false ones too, never
/// exceed the cap, and to dispute them never takes more than the bond.
/// IMPORTANT: claims go forward in time. What lies before the end of one that was made can be claimed no more.
abstract contract Downtime is Rentals {
    struct Claim {
        bytes32 rental;
        address customer;
        uint96 amount;
        address manufacturer;
        uint40 payableAt;
        bool disputed;
    }

    /// @notice For how long the manufacturer can dispute a claim.
    uint40 public constant DISPUTE_TIME = 3 days;
    /// @notice For how long after its end downtime of a rental can be claimed; then the rest of the bond is free.
    uint40 public constant CLAIM_TIME = 30 days;

    mapping(bytes32 => Claim) private _claims;

    event BondReserved(bytes32 indexed rental, uint96 amount);
    event BondReleased(bytes32 indexed rental, uint96 amount);
    event DowntimeClaimed(
        bytes32 indexed rental,
        bytes32 indexed claim,
        uint40 from,
        uint40 until,
        uint96 amount,
        uint40 payableAt,
        bytes32 evidence
    );
    event DowntimeCredited(bytes32 indexed rental, bytes32 indexed claim, uint96 amount);
    event DowntimeDisputed(bytes32 indexed rental, bytes32 indexed claim, uint96 bond, uint40 rulingUntil);
    event DowntimeRuled(bytes32 indexed rental, bytes32 indexed claim, address indexed oracle, uint8 verdict);
    event DowntimeRejected(bytes32 indexed rental, bytes32 indexed claim, uint96 amount);

    error DowntimeEmpty(uint40 from, uint40 until);
    error DowntimeTooEarly(bytes32 rental, uint40 from, uint40 earliest);
    error DowntimeTooLate(bytes32 rental, uint40 until, uint256 latest);
    error ClaimTimeOver(bytes32 rental, uint256 until, uint256 time);
    error NothingToClaim(bytes32 rental, uint96 claimed, uint96 cap);
    error UnknownClaim(bytes32 claim);
    error DisputeTimeOver(bytes32 claim, uint40 payableAt, uint256 time);
    error ClaimNotPayable(bytes32 claim, uint40 payableAt, uint256 time);
    error BondBound(bytes32 rental, uint256 until, uint256 time);
    error ClaimsOpen(bytes32 rental, uint16 openClaims);
    error NoBondLeft(bytes32 rental);

    /// @notice Claims that the machine was down from `from` to `until` (seconds; `until` is not part of it).
    /// Only the customer claims: whoever else could, would decide what is too early.
    /// @param evidence the hash of what shows it off-chain
    /// @return claim keccak256(abi.encode(rental, from, until)), on which an oracle may rule
    function claimDowntime(
        CremaTypes.Offer calldata offer,
        address customer,
        uint40 from,
        uint40 until,
        bytes32 evidence
    ) external returns (bytes32 claim) {
        bytes32 rental;
        uint96 amount;
        uint40 payableAt = uint40(block.timestamp) + DISPUTE_TIME;
        (rental, claim, amount) = _claim(offer, customer, from, until, payableAt, evidence);
        _courses[rental].openClaims++;
        _claims[claim] = Claim(rental, customer, amount, offer.manufacturer, payableAt, false);
    }

    /// @notice As claimDowntime, with the word of the machine itself: paid at once.
    /// @param attestation by the machine's key: verdict DOWN, its subject the claim, not signed before `until`
    function claimAttestedDowntime(
        CremaTypes.Offer calldata offer,
        address customer,
        uint40 from,
        uint40 until,
        CremaTypes.Attestation calldata attestation,
        CremaTypes.Signature calldata signature
    ) external returns (bytes32 claim) {
        bytes32 rental;
        uint96 amount;
        (rental, claim, amount) =
            _claim(offer, customer, from, until, uint40(block.timestamp), attestation.evidence);
        require(attestation.machine == offer.machine, WrongMachine(attestation.machine, offer.machine));
        require(attestation.subject == claim, WrongSubject(attestation.subject, claim));
        _requireStates(attestation, CremaTypes.DOWN, until);
        _requireByMachine(attestation, signature);
        _release(offer.manufacturer, customer, amount);
        emit DowntimeCredited(rental, claim, amount);
    }

    /// @notice Disputes a claim; by the manufacturer, which stakes the claimed amount once more from its balance.
    function disputeDowntime(bytes32 claim) external {
        Claim storage stored = _openClaim(claim);
        _requireActsFor(stored.manufacturer);
        require(!stored.disputed, AlreadyDisputed(claim));
        uint40 payableAt = stored.payableAt;
        require(block.timestamp < payableAt, DisputeTimeOver(claim, payableAt, block.timestamp));
        stored.disputed = true;
        uint40 rulingUntil = _openDispute(claim, stored.manufacturer, stored.customer, stored.amount);
        emit DowntimeDisputed(stored.rental, claim, stored.amount, rulingUntil);
    }

    /// @notice Pays a claim that nobody disputed in time. Anyone may.
    function creditDowntime(bytes32 claim) external {
        Claim storage stored = _openClaim(claim);
        require(!stored.disputed, AlreadyDisputed(claim));
        uint40 payableAt = stored.payableAt;
        require(block.timestamp >= payableAt, ClaimNotPayable(claim, payableAt, block.timestamp));
        _close(claim, true);
    }

    /// @notice Frees what is left of the bond, CLAIM_TIME after the rental's end and when no claim is open. Anyone may.
    function releaseBond(CremaTypes.Offer calldata offer, address customer) external {
        (bytes32 rental, Rental storage stored) = _rentalOf(offer, customer);
        require(stored.endsAt != 0, RentalNotTerminated(rental));
        uint256 until = uint256(stored.endsAt) + CLAIM_TIME;
        require(block.timestamp >= until, BondBound(rental, until, block.timestamp));
        Course storage course = _courses[rental];
        require(course.openClaims == 0, ClaimsOpen(rental, course.openClaims));
        uint96 left = offer.terms.bond - course.claimed;
        require(left > 0, NoBondLeft(rental));
        course.claimed = offer.terms.bond;
        _release(offer.manufacturer, offer.manufacturer, left);
        emit BondReleased(rental, left);
    }

    /// @notice A claim that is neither paid nor rejected yet; else all zero.
    function claims(bytes32 claim) external view returns (Claim memory) {
        return _claims[claim];
    }

    function _reserveBond(bytes32 rental, address manufacturer, uint96 bond) internal {
        if (bond == 0) return;
        _reserve(manufacturer, bond);
        emit BondReserved(rental, bond);
    }

    /// @dev Checks a claim and notes its share of the bond.
    function _claim(
        CremaTypes.Offer calldata offer,
        address customer,
        uint40 from,
        uint40 until,
        uint40 payableAt,
        bytes32 evidence
    ) private returns (bytes32 rental, bytes32 claim, uint96 amount) {
        Rental storage stored;
        (rental, stored) = _rentalOf(offer, customer);
        _requireActsFor(customer);
        Course storage course = _courses[rental];
        _requireInterval(rental, stored, course, from, until);
        CremaTypes.Terms calldata terms = offer.terms;
        uint96 cap = terms.downtimeCap < terms.bond ? terms.downtimeCap : terms.bond;
        uint96 claimed = course.claimed;
        amount = _worth(terms.downtimePerHour, until - from, cap > claimed ? cap - claimed : 0);
        require(amount > 0, NothingToClaim(rental, claimed, cap));
        claim = CremaTypes.downtimeId(rental, from, until);
        (course.claimed, course.claimedUntil) = (claimed + amount, until);
        emit DowntimeClaimed(rental, claim, from, until, amount, payableAt, evidence);
    }

    /// @dev Reverts unless the interval lies within the rental, after all that was claimed, and not in the future.
    function _requireInterval(
        bytes32 rental,
        Rental storage stored,
        Course storage course,
        uint40 from,
        uint40 until
    ) private view {
        uint40 earliest = stored.startedAt;
        require(earliest != 0, RentalNotBegun(rental));
        require(from < until, DowntimeEmpty(from, until));
        if (course.claimedUntil > earliest) earliest = course.claimedUntil;
        require(from >= earliest, DowntimeTooEarly(rental, from, earliest));
        uint256 latest = block.timestamp;
        uint40 endsAt = stored.endsAt;
        if (endsAt != 0) {
            uint256 claimUntil = uint256(endsAt) + CLAIM_TIME;
            require(latest < claimUntil, ClaimTimeOver(rental, claimUntil, latest));
            if (endsAt < latest) latest = endsAt;
        }
        uint40 handedOverAt = course.handedOverAt;
        if (handedOverAt != 0 && handedOverAt < latest) latest = handedOverAt;
        require(until <= latest, DowntimeTooLate(rental, until, latest));
    }

    /// @dev What `time` seconds are worth, at most `left`.
    function _worth(uint96 perHour, uint40 time, uint96 left) private pure returns (uint96) {
        uint256 worth = uint256(perHour) * time / 1 hours;
        return worth < left ? uint96(worth) : left;
    }

    function _openClaim(bytes32 claim) private view returns (Claim storage stored) {
        stored = _claims[claim];
        require(stored.rental != 0, UnknownClaim(claim));
    }

    /// @inheritdoc Rulings
    function _ruled(bytes32 claim, address oracle, uint8 verdict) internal override {
        emit DowntimeRuled(_claims[claim].rental, claim, oracle, verdict);
        _close(claim, verdict == CremaTypes.FOR_CREDITOR);
    }

    /// @dev Ends a claim: its money goes to the customer, or back to the manufacturer.
    function _close(bytes32 claim, bool paid) private {
        Claim memory closed = _claims[claim];
        delete _claims[claim];
        _courses[closed.rental].openClaims--;
        if (paid) {
            _release(closed.manufacturer, closed.customer, closed.amount);
            emit DowntimeCredited(closed.rental, claim, closed.amount);
        } else {
            _release(closed.manufacturer, closed.manufacturer, closed.amount);
            emit DowntimeRejected(closed.rental, claim, closed.amount);
        }
    }
}
