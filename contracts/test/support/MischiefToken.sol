// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that behaves until it is told not to.
contract MischiefToken is ERC20 {
    enum Mode {
        HONEST,
        SILENT,
        FALSE,
        PAUSED,
        FEE,
        BOMB,
        HOG
    }

    Mode public mode;
    mapping(address => bool) public blocked;

    constructor() ERC20("Mischief", "MISC") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function burn(address from, uint256 amount) external {
        _burn(from, amount);
    }

    function set(Mode mode_) external {
        mode = mode_;
    }

    function setBlocked(address account, bool blocked_) external {
        blocked[account] = blocked_;
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        super.transfer(to, value);
        return _end();
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        super.transferFrom(from, to, value);
        return _end();
    }

    function _update(address from, address to, uint256 value) internal override {
        require(mode != Mode.PAUSED, "paused");
        require(!blocked[from] && !blocked[to], "blocked");
        super._update(from, to, value);
        if (mode == Mode.FEE && from != address(0) && to != address(0)) super._update(to, address(0xFEE), 1);
    }

    function _end() private view returns (bool) {
        if (mode == Mode.SILENT) {
            assembly ("memory-safe") {
                return(0, 0)
            }
        }
        if (mode == Mode.BOMB) {
            assembly ("memory-safe") {
                revert(0, 1000000)
            }
        }
        uint256 count = 0;
        while (mode == Mode.HOG) ++count;
        return mode != Mode.FALSE;
    }
}
