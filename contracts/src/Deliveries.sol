// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Deliveries
/// @notice What a RentalProvider asks of the SupplyProvider.
interface Deliveries {
    /// @notice Whether an order's goods are with whom they are for, by more than the word of the buyer that pays for
    /// them: every unit was cancelled, refunded, or vouched for by the recipient or by a carrier's oracle, and at least
    /// one was delivered so.
    /// IMPORTANT: anyone orders with any subject. Rely on it only if `recipient` is who must have received them.
    /// @return subject the rental whose machine it brings, or 0
    /// @return recipient who may confirm beside the buyer; 0 = nobody
    function deliveredFor(bytes32 order)
        external
        view
        returns (bytes32 subject, address recipient, bool delivered);
}
