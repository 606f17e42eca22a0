// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ActingKeys} from "./ActingKeys.sol";
import {ChannelSlot, ChannelSlots} from "./ChannelSlot.sol";
import {CremaTypes} from "./CremaTypes.sol";
import {IdentityProvider} from "./IdentityProvider.sol";
import {Permits} from "./Permits.sol";
import {Rows} from "./Rows.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title PaymentProvider
/// @notice Holds the channels: one way, customer to payee, each funded once or more and drawn on by receipts signed
/// off-chain. One ERC-20 token for ever; no owner, no proxy. Amounts are in the token's smallest unit.
/// IMPORTANT: a token that takes a fee or changes balances by itself must not be used; a transfer that delivers
/// another amount than asked for is refused.
contract PaymentProvider is EIP712, ActingKeys {
    using SafeERC20 for IERC20;
    using Rows for Redemption;
    using Rows for Badge;

    /// @notice The newest receipt of a channel, with the signature (EIP-2098) of the customer's acting key, or, in a
    /// BadgedRedemption, of the badge's employee.
    struct Redemption {
        address customer;
        uint64 index;
        uint64 sequence;
        uint96 total;
        bytes32 history;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice A customer's Badge, whose customer is that of the redemption, with the signature (EIP-2098) of the
    /// customer's acting key.
    struct Badge {
        address employee;
        bytes32 channel;
        uint96 maxTotal;
        uint32 epoch;
        uint64 validFrom;
        uint64 validUntil;
        bytes32 r;
        bytes32 vs;
    }

    struct BadgedRedemption {
        Redemption redemption;
        Badge badge;
    }

    /// @notice `closeAt` of a channel that is closed for good.
    uint40 public constant CLOSED = ChannelSlots.CLOSED;
    /// @notice For how long after `closeAt` the customer may close before its request lapses.
    uint40 public constant CLOSE_WINDOW = 7 days;

    uint256 private constant AMOUNT = type(uint160).max;
    /// @dev Keeps the slot of a payee from being emptied: to fill an empty one costs 17,100 gas more. A customer is
    /// credited once per channel, and gets the refund for an emptied slot instead.
    uint256 private constant KEPT = 1 << 160;
    /// @dev The account's own address has no say any more.
    uint256 private constant MOVED = 1 << 161;

    IERC20 public immutable token;
    /// @notice The RentalProvider: only it opens channels, because it has checked what the customer agreed to.
    address public immutable opener;
    uint24 public immutable minPeriodMinutes;
    uint24 public immutable maxPeriodMinutes;

    mapping(bytes32 => ChannelSlot) private _channels;
    /// @dev What may be withdrawn, in the lowest 160 bits (2^64 channels of 2^96 each), and two flags.
    mapping(address => uint256) private _credits;

    event ChannelOpened(
        bytes32 indexed channel,
        address indexed customer,
        address indexed payee,
        uint64 index,
        uint96 deposited,
        uint24 periodMinutes
    );
    event ChannelToppedUp(bytes32 indexed channel, address indexed from, uint96 amount, uint96 deposited);
    event ChannelRedeemed(
        bytes32 indexed channel, uint64 sequence, uint96 total, bytes32 history, uint96 redeemed
    );
    event RedemptionSkipped(bytes32 indexed channel, uint64 sequence, uint96 total, bytes4 reason);
    event ChannelCloseRequested(bytes32 indexed channel, uint40 closeAt);
    event ChannelClosed(bytes32 indexed channel, uint96 redeemed, uint96 remainder);
    event Withdrawn(address indexed account, address indexed to, uint256 amount);

    error ZeroAddress();
    error PeriodBoundsInvalid(uint24 minPeriodMinutes, uint24 maxPeriodMinutes);
    error NotOpener(address caller, address opener);
    error PeriodOutOfBounds(uint24 periodMinutes, uint24 minPeriodMinutes, uint24 maxPeriodMinutes);
    error ChannelExists(bytes32 channel);
    error UnknownChannel(bytes32 channel);
    error ChannelIsClosed(bytes32 channel);
    error ZeroAmount();
    error DepositTooLarge(bytes32 channel, uint96 deposited, uint96 amount);
    error UnexpectedAmount(uint256 expected, uint256 received);
    error InvalidSignature(bytes32 digest);
    error WrongSigner(address recovered, address expected);
    error BadgeForOtherChannel(bytes32 badgeChannel, bytes32 channel);
    error BadgeCapExceeded(uint96 total, uint96 maxTotal);
    error BadgeNotYetValid(uint64 validFrom, uint256 time);
    error BadgeExpired(uint256 countsUntil, uint256 time);
    error BadgeRevoked(uint32 badgeEpoch, uint32 epoch);
    error NotAllowed(address caller, address account);
    error CloseAlreadyRequested(bytes32 channel, uint40 closeAt);
    error CloseNotRequested(bytes32 channel);
    error CloseTooEarly(bytes32 channel, uint40 closeAt, uint256 time);
    error CloseLapsed(bytes32 channel, uint256 until, uint256 time);
    error NothingCredited(address account);
    error InvalidRecipient(address to);

    /// @param token_ the one token of all channels
    /// @param identity_ where identities move to other keys
    /// @param opener_ the RentalProvider, whose address is known before it is deployed
    /// @param minPeriodMinutes_ the shortest challenge period of a channel, at least a minute
    /// @param maxPeriodMinutes_ the longest; also for how long a replaced key or epoch stays payable
    constructor(
        IERC20 token_,
        IdentityProvider identity_,
        address opener_,
        uint24 minPeriodMinutes_,
        uint24 maxPeriodMinutes_
    ) EIP712("Crema", "1") ActingKeys(identity_) {
        require(
            address(token_) != address(0) && address(identity_) != address(0) && opener_ != address(0),
            ZeroAddress()
        );
        require(
            minPeriodMinutes_ > 0 && minPeriodMinutes_ <= maxPeriodMinutes_,
            PeriodBoundsInvalid(minPeriodMinutes_, maxPeriodMinutes_)
        );
        token = token_;
        opener = opener_;
        minPeriodMinutes = minPeriodMinutes_;
        maxPeriodMinutes = maxPeriodMinutes_;
    }

    /// @notice Opens a channel and takes `deposit` from the customer, who has allowed it to this contract.
    function open(address customer, address payee, uint64 index, uint96 deposit, uint24 periodMinutes)
        external
        returns (bytes32 channel)
    {
        require(msg.sender == opener, NotOpener(msg.sender, opener));
        require(
            periodMinutes >= minPeriodMinutes && periodMinutes <= maxPeriodMinutes,
            PeriodOutOfBounds(periodMinutes, minPeriodMinutes, maxPeriodMinutes)
        );
        channel = CremaTypes.channelId(customer, payee, index);
        require(!_channels[channel].exists(), ChannelExists(channel));
        _channels[channel] = ChannelSlots.pack(deposit, 0, 0, periodMinutes);
        emit ChannelOpened(channel, customer, payee, index, deposit, periodMinutes);
        if (deposit > 0) _pull(customer, deposit);
    }

    /// @notice Adds `amount` of the caller's tokens to a channel. Anyone may; it touches no timer, and there is no
    /// way back but the channel's close.
    function topUp(address customer, address payee, uint64 index, uint96 amount) external {
        _topUp(customer, payee, index, amount);
    }

    /// @notice As topUp, with the caller's permit; one that fails is ignored if the allowance suffices.
    function topUpWithPermit(
        address customer,
        address payee,
        uint64 index,
        uint96 amount,
        Permits.Permit calldata permit
    ) external {
        Permits.use(token, msg.sender, address(this), amount, permit);
        _topUp(customer, payee, index, amount);
    }

    /// @notice Credits the payee with min(total, deposited) - redeemed. Anyone may submit. Where nothing is left to
    /// pay it does nothing, so a replay is a no-op, and a later top-up makes the rest payable.
    function redeem(address payee, Redemption calldata r) external {
        (uint256 paid, bytes memory failure) = _redeem(_domainSeparatorV4(), payee, r);
        _revertIf(failure);
        if (paid > 0) _credit(payee, paid, KEPT);
    }

    /// @notice As redeem, for a receipt signed by an employee with a badge.
    function redeemWithBadge(address payee, BadgedRedemption calldata r) external {
        (uint256 paid, bytes memory failure) = _redeemWithBadge(_domainSeparatorV4(), payee, r);
        _revertIf(failure);
        if (paid > 0) _credit(payee, paid, KEPT);
    }

    /// @notice Redeems each row as redeem or redeemWithBadge would, and credits the payee once. A row that they
    /// would refuse is skipped and named in an event.
    function redeemMany(
        address payee,
        Redemption[] calldata byCustomers,
        BadgedRedemption[] calldata byEmployees
    ) external {
        bytes32 domain = _domainSeparatorV4();
        uint256 sum = 0;
        for (uint256 i = 0; i < byCustomers.length; ++i) {
            Redemption calldata r = byCustomers[i];
            (uint256 paid, bytes memory failure) = _redeem(domain, payee, r);
            if (failure.length > 0) _skip(payee, r, failure);
            sum += paid;
        }
        for (uint256 i = 0; i < byEmployees.length; ++i) {
            BadgedRedemption calldata r = byEmployees[i];
            (uint256 paid, bytes memory failure) = _redeemWithBadge(domain, payee, r);
            if (failure.length > 0) _skip(payee, r.redemption, failure);
            sum += paid;
        }
        if (sum > 0) _credit(payee, sum, KEPT);
    }

    /// @notice Announces that the calling customer wants to close its channel with `payee`.
    function requestClose(address payee, uint64 index) external {
        _requireActsFor(msg.sender);
        _requestClose(msg.sender, payee, index);
    }

    /// @notice As requestClose, by the customer's acting key.
    function requestCloseFor(address customer, address payee, uint64 index) external {
        _requireActsFor(customer);
        _requestClose(customer, payee, index);
    }

    /// @notice Closes a channel for good and credits what is left to the customer. The payee may at once, the
    /// customer from `closeAt` to seven days later (both included); the acting key of either may, too.
    function close(address customer, address payee, uint64 index) external {
        (bytes32 channel, ChannelSlot slot) = _live(customer, payee, index);
        if (!actsFor(payee, msg.sender)) {
            _requireActsFor(customer);
            _requireInWindow(channel, slot.closeAt());
        }
        uint96 remainder = uint96(slot.remainder());
        _channels[channel] = slot.withCloseAt(CLOSED);
        if (remainder > 0) _credit(customer, remainder, 0);
        emit ChannelClosed(channel, uint96(slot.redeemed()), remainder);
    }

    /// @notice Sends all the caller's credit to `to`.
    function withdraw(address to) external {
        uint256 credit = _credits[msg.sender];
        if (credit & MOVED != 0) _requireActsFor(msg.sender);
        _withdraw(msg.sender, to, credit);
    }

    /// @notice As withdraw, by a payee that expects no more redemptions: it gives its credit slot up, which costs 4,800
    /// gas less now, and 17,100 more at the next redemption if there is one.
    function withdrawAndLeave(address to) external {
        uint256 credit = _credits[msg.sender];
        if (credit & MOVED != 0) _requireActsFor(msg.sender);
        _withdraw(msg.sender, to, credit & ~KEPT);
    }

    /// @notice As withdraw, by the acting key of `account`.
    function withdrawFor(address account, address to) external {
        _requireActsFor(account);
        _withdraw(account, to, _credits[account]);
    }

    function channels(bytes32 channel)
        external
        view
        returns (uint96 deposited, uint96 redeemed, uint40 closeAt, uint24 periodMinutes)
    {
        ChannelSlot slot = _channels[channel];
        return (uint96(slot.deposited()), uint96(slot.redeemed()), slot.closeAt(), slot.periodMinutes());
    }

    /// @notice What `account` may withdraw now.
    function credited(address account) external view returns (uint256) {
        return _credits[account] & AMOUNT;
    }

    /// @notice keccak256(abi.encode(customer, payee, uint64 index))
    function channelId(address customer, address payee, uint64 index) external pure returns (bytes32) {
        return CremaTypes.channelId(customer, payee, index);
    }

    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @dev Pays `paid` from the channel, or changes nothing and says with which error to refuse (empty: there is
    /// nothing left to pay). The caller credits the payee.
    function _redeem(bytes32 domain, address payee, Redemption calldata r)
        private
        returns (uint256 paid, bytes memory failure)
    {
        (address customer, bytes32 channel) = r.channelOf(payee);
        ChannelSlot slot = _channels[channel];
        uint256 due = slot.due(r.totalOf());
        if (due == 0 || slot.isClosed()) return (0, _unpayable(channel, slot, due));
        bytes32 digest = r.receiptDigest(domain, channel);
        address recovered = Rows.signerOf(digest, r.r, r.vs);
        if (recovered == address(0)) return (0, _invalidSignature(digest));
        (bool signs,) = _redemptionEpoch(customer, recovered);
        if (!signs) return (0, _wrongSigner(recovered, signerOf(customer)));
        _pay(channel, slot, due, r);
        paid = due;
    }

    function _redeemWithBadge(bytes32 domain, address payee, BadgedRedemption calldata b)
        private
        returns (uint256 paid, bytes memory failure)
    {
        Redemption calldata r = b.redemption;
        (address customer, bytes32 channel) = r.channelOf(payee);
        ChannelSlot slot = _channels[channel];
        uint256 total = r.totalOf();
        uint256 due = slot.due(total);
        if (due == 0 || slot.isClosed()) return (0, _unpayable(channel, slot, due));
        failure = _judgeBounds(b.badge, channel, slot.periodMinutes(), total);
        if (failure.length == 0) failure = _judgeSignatures(b, domain, channel, customer);
        if (failure.length > 0) return (0, failure);
        _pay(channel, slot, due, r);
        paid = due;
    }

    /// @dev Why nothing is paid from this channel; empty where there is simply nothing left to pay.
    function _unpayable(bytes32 channel, ChannelSlot slot, uint256 due)
        private
        pure
        returns (bytes memory failure)
    {
        if (!slot.exists()) return abi.encodeWithSelector(UnknownChannel.selector, channel);
        if (due > 0) return abi.encodeWithSelector(ChannelIsClosed.selector, channel);
    }

    /// @dev Whether the badge allows a receipt of this channel over `total` now.
    function _judgeBounds(Badge calldata badge, bytes32 channel, uint256 periodMinutes, uint256 total)
        private
        view
        returns (bytes memory failure)
    {
        (bytes32 badgeChannel, uint256 maxTotal, uint256 validFrom, uint256 validUntil) = badge.boundsOf();
        if (badgeChannel != bytes32(0) && badgeChannel != channel) {
            return abi.encodeWithSelector(BadgeForOtherChannel.selector, badgeChannel, channel);
        }
        if (total > maxTotal) return abi.encodeWithSelector(BadgeCapExceeded.selector, total, maxTotal);
        if (block.timestamp < validFrom) {
            return abi.encodeWithSelector(BadgeNotYetValid.selector, validFrom, block.timestamp);
        }
        uint256 countsUntil = _graceEnd(validUntil, periodMinutes);
        if (block.timestamp > countsUntil) {
            return abi.encodeWithSelector(BadgeExpired.selector, countsUntil, block.timestamp);
        }
    }

    /// @dev The last second in which a badge of this channel counts: one challenge period after `validUntil`.
    function _graceEnd(uint256 validUntil, uint256 periodMinutes) private pure returns (uint256) {
        unchecked {
            // 64 bits, and 24 bits times 60
            return validUntil + periodMinutes * 1 minutes;
        }
    }

    /// @dev Whether the badge's employee signed the receipt, and a key that counts for the customer the badge.
    function _judgeSignatures(BadgedRedemption calldata b, bytes32 domain, bytes32 channel, address customer)
        private
        view
        returns (bytes memory failure)
    {
        Redemption calldata r = b.redemption;
        Badge calldata badge = b.badge;
        (address employee, uint256 badgeEpoch) = badge.holderOf();
        bytes32 digest = r.receiptDigest(domain, channel);
        address recovered = Rows.signerOf(digest, r.r, r.vs);
        if (recovered == address(0)) return _invalidSignature(digest);
        if (recovered != employee) return _wrongSigner(recovered, employee);
        digest = badge.badgeDigest(domain, customer);
        recovered = Rows.signerOf(digest, badge.r, badge.vs);
        if (recovered == address(0)) return _invalidSignature(digest);
        (bool signs, uint256 epoch) = _redemptionEpoch(customer, recovered);
        if (!signs) return _wrongSigner(recovered, signerOf(customer));
        if (badgeEpoch < epoch) return abi.encodeWithSelector(BadgeRevoked.selector, badgeEpoch, epoch);
    }

    function _invalidSignature(bytes32 digest) private pure returns (bytes memory) {
        return abi.encodeWithSelector(InvalidSignature.selector, digest);
    }

    function _wrongSigner(address recovered, address expected) private pure returns (bytes memory) {
        return abi.encodeWithSelector(WrongSigner.selector, recovered, expected);
    }

    function _skip(address payee, Redemption calldata r, bytes memory failure) private {
        (, bytes32 channel) = r.channelOf(payee);
        emit RedemptionSkipped(channel, r.sequence, r.total, bytes4(failure));
    }

    function _pay(bytes32 channel, ChannelSlot slot, uint256 amount, Redemption calldata r) private {
        slot = slot.afterPaying(amount);
        _channels[channel] = slot;
        // emits ChannelRedeemed
        r.logRedeemed(channel, slot.redeemed());
    }

    function _credit(address account, uint256 amount, uint256 flag) private {
        _credits[account] = (_credits[account] + amount) | flag;
    }

    function _revertIf(bytes memory failure) private pure {
        if (failure.length == 0) return;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            revert(add(failure, 32), mload(failure))
        }
    }

    function _topUp(address customer, address payee, uint64 index, uint96 amount) private {
        (bytes32 channel, ChannelSlot slot) = _live(customer, payee, index);
        require(amount > 0, ZeroAmount());
        uint96 deposited = uint96(slot.deposited());
        require(amount <= type(uint96).max - deposited, DepositTooLarge(channel, deposited, amount));
        deposited += amount;
        _channels[channel] = slot.withDeposited(deposited);
        emit ChannelToppedUp(channel, msg.sender, amount, deposited);
        _pull(msg.sender, amount);
    }

    function _requestClose(address customer, address payee, uint64 index) private {
        (bytes32 channel, ChannelSlot slot) = _live(customer, payee, index);
        uint40 pending = slot.closeAt();
        require(
            pending == 0 || block.timestamp > uint256(pending) + CLOSE_WINDOW,
            CloseAlreadyRequested(channel, pending)
        );
        uint40 closeAt = uint40(block.timestamp + uint256(slot.periodMinutes()) * 1 minutes);
        _channels[channel] = slot.withCloseAt(closeAt);
        emit ChannelCloseRequested(channel, closeAt);
    }

    /// @dev The customer may close from `closeAt` to the end of the window, both included.
    function _requireInWindow(bytes32 channel, uint40 closeAt) private view {
        require(closeAt != 0, CloseNotRequested(channel));
        require(block.timestamp >= closeAt, CloseTooEarly(channel, closeAt, block.timestamp));
        uint256 until = uint256(closeAt) + CLOSE_WINDOW;
        require(block.timestamp <= until, CloseLapsed(channel, until, block.timestamp));
    }

    function _withdraw(address account, address to, uint256 credit) private {
        require(to != address(0) && to != address(this), InvalidRecipient(to));
        uint256 amount = credit & AMOUNT;
        require(amount > 0, NothingCredited(account));
        _credits[account] = credit & ~AMOUNT;
        emit Withdrawn(account, to, amount);
        token.safeTransfer(to, amount);
    }

    /// @dev Takes exactly `amount` from `from`. Called last, when all else is written down.
    function _pull(address from, uint256 amount) private {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(from, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - before;
        require(received == amount, UnexpectedAmount(amount, received));
    }

    function _live(address customer, address payee, uint64 index)
        private
        view
        returns (bytes32 channel, ChannelSlot slot)
    {
        channel = CremaTypes.channelId(customer, payee, index);
        slot = _channels[channel];
        require(slot.exists(), UnknownChannel(channel));
        require(!slot.isClosed(), ChannelIsClosed(channel));
    }

    function _requireActsFor(address account) private view {
        require(actsFor(account, msg.sender), NotAllowed(msg.sender, account));
    }

    /// @inheritdoc ActingKeys
    function _overlap() internal view override returns (uint40) {
        return uint40(maxPeriodMinutes) * 1 minutes;
    }

    /// @inheritdoc ActingKeys
    function _moved(address account) internal override {
        _credits[account] |= MOVED;
    }
}
