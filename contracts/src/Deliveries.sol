// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Deliveries
/// @notice What a RentalProvider asks of the SupplyProvider.
interface Deliveries {
    /// @notice Whether all that was ordered is delivered, and what the order was for: a rental whose machine it brings,
    /// or 0.
    function deliveredFor(bytes32 order) external view returns (bytes32 subject, bool delivered);
}
