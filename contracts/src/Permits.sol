// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title Permits
/// @notice EIP-2612 permits that may fail: somebody else may have used one already, and a token may know none.
library Permits {
    /// @notice A permit in 64 bytes. `deadline` 0 means that there is none and the allowance must do.
    struct Permit {
        uint256 value;
        uint256 deadline;
        bytes32 r;
        bytes32 vs;
    }

    error AllowanceTooSmall(address owner, uint256 allowance, uint256 needed);

    /// @notice Uses `permit`. If that fails, the allowance that stands must cover `needed`.
    function use(IERC20 token, address owner, address spender, uint256 needed, Permit calldata permit)
        internal
    {
        if (permit.deadline != 0) {
            uint8 v = uint8(uint256(permit.vs) >> 255) + 27;
            bytes32 s = bytes32(uint256(permit.vs) & (type(uint256).max >> 1));
            try IERC20Permit(address(token))
                .permit(owner, spender, permit.value, permit.deadline, v, permit.r, s) {
                return;
            } catch {
                // somebody may have used it already; then the allowance is there
            }
        }
        uint256 allowance = token.allowance(owner, spender);
        require(allowance >= needed, AllowanceTooSmall(owner, allowance, needed));
    }
}
