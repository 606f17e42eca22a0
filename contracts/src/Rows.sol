// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

// solhint-disable no-inline-assembly

import {CremaTypes} from "./CremaTypes.sol";
import {PaymentProvider} from "./PaymentProvider.sol";

/// @title Rows
/// @notice Reads, hashes and logs the rows of a redemption straight from the calldata, as plain Solidity with
/// CremaTypes would, at a third of its cost: in a loop over hundreds of rows that is most of what can be saved. All
/// assembly of redemption is in this file; the tests hold each function against its plain counterpart.
/// Memory is used beyond what is in use and left there. Like Solidity, each reader reverts without data where a word
/// has bits beyond its type; between them they check every word of a row before anything is paid.
library Rows {
    /// @notice The customer of `r` and the id of its channel with `payee`. Checks customer and index.
    function channelOf(PaymentProvider.Redemption calldata r, address payee)
        internal
        pure
        returns (address customer, bytes32 channel)
    {
        uint256 to = uint160(payee);
        assembly ("memory-safe") {
            customer := calldataload(r)
            let index := calldataload(add(r, 0x20))
            if or(shr(160, customer), shr(64, index)) { revert(0, 0) }
            let free := mload(0x40)
            mstore(free, customer)
            mstore(add(free, 0x20), to)
            mstore(add(free, 0x40), index)
            channel := keccak256(free, 0x60)
        }
    }

    /// @notice The total of `r`. Checks sequence and total.
    function totalOf(PaymentProvider.Redemption calldata r) internal pure returns (uint256 total) {
        assembly ("memory-safe") {
            total := calldataload(add(r, 0x60))
            if or(shr(64, calldataload(add(r, 0x40))), shr(96, total)) { revert(0, 0) }
        }
    }

    /// @notice What bounds the receipts signed under `b`. Checks these fields.
    function boundsOf(PaymentProvider.Badge calldata b)
        internal
        pure
        returns (bytes32 channel, uint256 maxTotal, uint256 validFrom, uint256 validUntil)
    {
        assembly ("memory-safe") {
            channel := calldataload(add(b, 0x20))
            maxTotal := calldataload(add(b, 0x40))
            validFrom := calldataload(add(b, 0x80))
            validUntil := calldataload(add(b, 0xa0))
            if or(shr(96, maxTotal), shr(64, or(validFrom, validUntil))) { revert(0, 0) }
        }
    }

    /// @notice Whom `b` lets sign, and its epoch. Checks both.
    function holderOf(PaymentProvider.Badge calldata b)
        internal
        pure
        returns (address employee, uint256 epoch)
    {
        assembly ("memory-safe") {
            employee := calldataload(b)
            epoch := calldataload(add(b, 0x60))
            if or(shr(160, employee), shr(32, epoch)) { revert(0, 0) }
        }
    }

    /// @notice The digest of the Receipt in `r`, whose sequence, total and history follow each other.
    function receiptDigest(PaymentProvider.Redemption calldata r, bytes32 domain, bytes32 channel)
        internal
        pure
        returns (bytes32 digest)
    {
        bytes32 typeHash = CremaTypes.RECEIPT;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            mstore(add(free, 0x20), channel)
            calldatacopy(add(free, 0x40), add(r, 0x40), 0x60)
            let structHash := keccak256(free, 0xa0)
            mstore(free, shl(240, 0x1901))
            mstore(add(free, 0x02), domain)
            mstore(add(free, 0x22), structHash)
            digest := keccak256(free, 0x42)
        }
    }

    /// @notice The digest of the customer's Badge in `b`, whose first six fields are those of the signed type.
    function badgeDigest(PaymentProvider.Badge calldata b, bytes32 domain, address customer)
        internal
        pure
        returns (bytes32 digest)
    {
        bytes32 typeHash = CremaTypes.BADGE;
        uint256 from = uint160(customer);
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            mstore(add(free, 0x20), from)
            calldatacopy(add(free, 0x40), b, 0xc0)
            let structHash := keccak256(free, 0x100)
            mstore(free, shl(240, 0x1901))
            mstore(add(free, 0x02), domain)
            mstore(add(free, 0x22), structHash)
            digest := keccak256(free, 0x42)
        }
    }

    /// @notice Logs ChannelRedeemed(channel, r.sequence, r.total, r.history, redeemed).
    function logRedeemed(PaymentProvider.Redemption calldata r, bytes32 channel, uint256 redeemed) internal {
        bytes32 topic = PaymentProvider.ChannelRedeemed.selector;
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, add(r, 0x40), 0x60)
            mstore(add(free, 0x60), redeemed)
            log2(free, 0x80, topic, channel)
        }
    }

    /// @notice Who signed `digest`, or 0 for a signature that is none: malformed, or with a high s. The EIP-2098 form
    /// keeps the recovery id in the highest bit of `vs`.
    function signerOf(bytes32 digest, bytes32 r, bytes32 vs) internal view returns (address signer) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            let s := shr(1, shl(1, vs))
            mstore(free, digest)
            mstore(add(free, 0x20), add(27, shr(255, vs)))
            mstore(add(free, 0x40), r)
            mstore(add(free, 0x60), s)
            mstore(0, 0)
            // half the order of secp256k1 is the largest low s
            if iszero(gt(s, 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0)) {
                // ecrecover returns nothing for what is no signature
                pop(staticcall(gas(), 1, free, 0x80, 0, 0x20))
            }
            signer := mload(0)
        }
    }
}
