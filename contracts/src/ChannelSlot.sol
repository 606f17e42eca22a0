// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice A channel in one word: deposited (96 bits), redeemed (96), closeAt (40), periodMinutes (24), from the
/// lowest bit on; read and written whole, because each access to storage is dear. 0 = a channel never opened.
type ChannelSlot is uint256;

using ChannelSlots for ChannelSlot global;

/// @title ChannelSlots
/// @notice The fields of a ChannelSlot.
library ChannelSlots {
    /// @notice `closeAt` of a channel that is closed for good.
    uint40 internal constant CLOSED = type(uint40).max;

    uint256 private constant AMOUNT = type(uint96).max;

    function pack(uint256 deposited_, uint256 redeemed_, uint256 closeAt_, uint256 periodMinutes_)
        internal
        pure
        returns (ChannelSlot)
    {
        return ChannelSlot.wrap(deposited_ | redeemed_ << 96 | closeAt_ << 192 | periodMinutes_ << 232);
    }

    function deposited(ChannelSlot slot) internal pure returns (uint256) {
        return ChannelSlot.unwrap(slot) & AMOUNT;
    }

    function redeemed(ChannelSlot slot) internal pure returns (uint256) {
        return (ChannelSlot.unwrap(slot) >> 96) & AMOUNT;
    }

    function closeAt(ChannelSlot slot) internal pure returns (uint40) {
        return uint40(ChannelSlot.unwrap(slot) >> 192);
    }

    function periodMinutes(ChannelSlot slot) internal pure returns (uint24) {
        return uint24(ChannelSlot.unwrap(slot) >> 232);
    }

    function exists(ChannelSlot slot) internal pure returns (bool) {
        return ChannelSlot.unwrap(slot) != 0;
    }

    function isClosed(ChannelSlot slot) internal pure returns (bool) {
        return closeAt(slot) == CLOSED;
    }

    /// @notice What a receipt over `total` makes payable now: min(total, deposited) - redeemed, or 0.
    function due(ChannelSlot slot, uint256 total) internal pure returns (uint256) {
        uint256 covered = deposited(slot);
        if (total < covered) covered = total;
        uint256 drawn = redeemed(slot);
        unchecked {
            return covered > drawn ? covered - drawn : 0;
        }
    }

    /// @notice What nobody has drawn yet.
    function remainder(ChannelSlot slot) internal pure returns (uint256) {
        return deposited(slot) - redeemed(slot);
    }

    /// @notice The slot after paying `amount`, at most what is due: redeemed stays within deposited, so that nothing
    /// is carried into the fields above.
    function afterPaying(ChannelSlot slot, uint256 amount) internal pure returns (ChannelSlot) {
        unchecked {
            return ChannelSlot.wrap(ChannelSlot.unwrap(slot) + (amount << 96));
        }
    }

    function withDeposited(ChannelSlot slot, uint256 deposited_) internal pure returns (ChannelSlot) {
        return pack(deposited_, redeemed(slot), closeAt(slot), periodMinutes(slot));
    }

    function withCloseAt(ChannelSlot slot, uint256 closeAt_) internal pure returns (ChannelSlot) {
        return pack(deposited(slot), redeemed(slot), closeAt_, periodMinutes(slot));
    }
}
