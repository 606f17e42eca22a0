// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Deliveries} from "../../src/Deliveries.sol";

/// @notice Orders that are delivered when a test says so.
contract StatedDeliveries is Deliveries {
    struct Order {
        bytes32 subject;
        bool delivered;
    }

    mapping(bytes32 => Order) private _orders;

    function state(bytes32 order, bytes32 subject, bool delivered) external {
        _orders[order] = Order(subject, delivered);
    }

    function deliveredFor(bytes32 order) external view returns (bytes32, bool) {
        return (_orders[order].subject, _orders[order].delivered);
    }
}
