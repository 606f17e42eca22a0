// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Parties} from "./Parties.sol";

/// @title OfferNonces
/// @notice Each signed offer counts once, and its signer may make it void before.
abstract contract OfferNonces is Parties {
    /// @dev Used and cancelled nonces, 256 to a word.
    mapping(address => mapping(uint256 => uint256)) private _nonces;

    event OfferCancelled(address indexed signer, uint256 nonce);

    error OfferNonceUsed(address signer, uint256 nonce);

    /// @notice Makes the caller's offers with this nonce void.
    function cancelOffer(uint256 nonce) external {
        cancelOfferFor(msg.sender, nonce);
    }

    /// @notice Makes the offers of `signer` with this nonce void, called by whoever acts for it.
    function cancelOfferFor(address signer, uint256 nonce) public {
        _requireActsFor(signer);
        _useNonce(signer, nonce);
        emit OfferCancelled(signer, nonce);
    }

    /// @notice Whether an offer of `signer` with this nonce was concluded or cancelled.
    function nonceUsed(address signer, uint256 nonce) external view returns (bool) {
        return _nonces[signer][nonce >> 8] & (1 << (nonce & 0xff)) != 0;
    }

    function _useNonce(address signer, uint256 nonce) internal {
        uint256 bit = 1 << (nonce & 0xff);
        uint256 word = _nonces[signer][nonce >> 8];
        require(word & bit == 0, OfferNonceUsed(signer, nonce));
        _nonces[signer][nonce >> 8] = word | bit;
    }
}
