// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice Refuses transfers to and from the accounts on its list.
contract BlockingToken is ERC20 {
    mapping(address => bool) private _blocked;

    error Blocked(address account);

    constructor() ERC20("Blocking", "BLOCK") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function blockAccount(address account) external {
        _blocked[account] = true;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!_blocked[from], Blocked(from));
        require(!_blocked[to], Blocked(to));
        super._update(from, to, value);
    }
}
