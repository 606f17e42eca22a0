// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title CremaTestToken
/// @notice A stablecoin for test chains: 6 decimals, EIP-2612 permits.
/// IMPORTANT: anyone mints any amount. It is worth nothing, and no real chain should see it.
contract CremaTestToken is ERC20Permit {
    constructor() ERC20("Crema Test Token", "CREMA") ERC20Permit("Crema Test Token") {}

    /// @notice Makes `amount` new tokens for `to`.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
