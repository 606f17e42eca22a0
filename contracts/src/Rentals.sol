// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {Rulings} from "./Rulings.sol";

/// @title Rentals
/// @notice What is kept of each rental. Its id is the digest of its Offer; the Offer itself, with all its terms, and the
/// customer travel in each call and are checked against the id.
abstract contract Rentals is Rulings {
    /// @notice One slot, written when the rental is concluded. `startedAt` 0 = not begun. `endsAt` 0 = not terminated.
    struct Rental {
        address customer;
        uint40 startedAt;
        uint40 endsAt;
        bool returned;
    }

    /// @notice One more slot, written only when one of these happens. `claimed` is what was ever claimed of the bond:
    /// paid, rejected or still open. `minimumUntil` is what a renewal agreed on. `handedOverAt` 0 = not handed over.
    struct Course {
        uint96 claimed;
        uint40 claimedUntil;
        uint40 minimumUntil;
        uint40 handedOverAt;
        uint16 openClaims;
    }

    mapping(bytes32 => Rental) internal _rentals;
    mapping(bytes32 => Course) internal _courses;

    error UnknownRental(bytes32 rental);
    error NotTheCustomer(bytes32 rental, address customer, address expected);
    error RentalNotBegun(bytes32 rental);
    error RentalNotTerminated(bytes32 rental);
    error RentalEnded(bytes32 rental, uint40 endsAt, uint256 time);

    /// @notice What a manufacturer signs, and the id of the rental concluded from it.
    function offerDigest(CremaTypes.Offer calldata offer) public view returns (bytes32) {
        // straight from calldata: the same as CremaTypes.hash, for less gas
        bytes32 terms = keccak256(abi.encode(CremaTypes.TERMS, offer.terms));
        return _hashTypedDataV4(
            keccak256(
                abi.encode(
                    CremaTypes.OFFER,
                    offer.manufacturer,
                    offer.customer,
                    offer.machine,
                    terms,
                    offer.validUntil,
                    offer.nonce
                )
            )
        );
    }

    function rentals(bytes32 rental) external view returns (Rental memory) {
        return _rentals[rental];
    }

    function courses(bytes32 rental) external view returns (Course memory) {
        return _courses[rental];
    }

    /// @dev The rental concluded from `offer` by `customer`.
    function _rentalOf(CremaTypes.Offer calldata offer, address customer)
        internal
        view
        returns (bytes32 rental, Rental storage stored)
    {
        rental = offerDigest(offer);
        stored = _rentals[rental];
        address expected = stored.customer;
        require(expected != address(0), UnknownRental(rental));
        require(customer == expected, NotTheCustomer(rental, customer, expected));
    }

    /// @dev Reverts once the rental has ended.
    function _requireNotEnded(bytes32 rental, Rental storage stored) internal view {
        uint40 endsAt = stored.endsAt;
        require(endsAt == 0 || block.timestamp < endsAt, RentalEnded(rental, endsAt, block.timestamp));
    }

    /// @dev The party for which the caller acts, the customer first.
    function _callingParty(address customer, address manufacturer) internal view returns (address party) {
        if (payment.actsFor(customer, msg.sender)) return customer;
        _requireActsFor(manufacturer);
        return manufacturer;
    }
}
