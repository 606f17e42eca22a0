// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Deliveries} from "../../src/Deliveries.sol";

/// @notice Orders for one recipient that are delivered when a test says so.
contract StatedDeliveries is Deliveries {
    struct Order {
        bytes32 subject;
        bool delivered;
    }

    address private immutable _recipient;
    mapping(bytes32 => Order) private _orders;

    constructor(address recipient) {
        _recipient = recipient;
    }

    function state(bytes32 order, bytes32 subject, bool delivered) external {
        _orders[order] = Order(subject, delivered);
    }

    function deliveredFor(bytes32 order) external view returns (bytes32, address, bool) {
        return (_orders[order].subject, _recipient, _orders[order].delivered);
    }
}
