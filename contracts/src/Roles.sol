// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Roles
/// @notice The roles of the IdentityProvider, as bits.
library Roles {
    uint8 internal constant MANUFACTURER = 1;
    uint8 internal constant CUSTOMER = 2;
    uint8 internal constant MACHINE = 4;
    uint8 internal constant SERVICE_PROVIDER = 8;
    uint8 internal constant SUPPLIER = 16;
    uint8 internal constant ORACLE = 32;
}
