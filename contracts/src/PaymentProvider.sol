// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ActingKeys} from "./ActingKeys.sol";
import {CremaTypes} from "./CremaTypes.sol";
import {IdentityProvider} from "./IdentityProvider.sol";
import {Permits} from "./Permits.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title PaymentProvider
/// @notice Holds the channels: one way, customer to payee, each funded once or more and drawn on by receipts signed
/// off-chain. One ERC-20 token for ever; no owner, no proxy. Amounts are in the token's smallest unit.
/// IMPORTANT: a token that takes a fee or changes balances by itself must not be used; a transfer that delivers
/// another amount than asked for is refused.
contract PaymentProvider is EIP712, ActingKeys {
    using SafeERC20 for IERC20;

    /// @notice One slot per channel. `periodMinutes` 0 = never opened; `closeAt` 0 = open, CLOSED = closed for good,
    /// else the time from which the customer may close.
    struct Channel {
        uint96 deposited;
        uint96 redeemed;
        uint40 closeAt;
        uint24 periodMinutes;
    }

    /// @notice What a payee or a customer may withdraw. `used` keeps the slot from ever being empty again: filling an
    /// empty one costs 17,100 gas more. `moved` = the account's own address has no say any more.
    struct Credit {
        uint160 amount;
        bool used;
        bool moved;
    }

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
    uint40 public constant CLOSED = type(uint40).max;
    /// @notice For how long after `closeAt` the customer may close before its request lapses.
    uint40 public constant CLOSE_WINDOW = 7 days;

    IERC20 public immutable token;
    /// @notice The RentalProvider: only it opens channels, because it has checked what the customer agreed to.
    address public immutable opener;
    uint24 public immutable minPeriodMinutes;
    uint24 public immutable maxPeriodMinutes;

    mapping(bytes32 => Channel) private _channels;
    mapping(address => Credit) private _credits;

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
        require(_channels[channel].periodMinutes == 0, ChannelExists(channel));
        _channels[channel] = Channel(deposit, 0, 0, periodMinutes);
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
        (bytes32 channel, uint96 paid, bytes memory failure) = _judge(payee, r);
        if (paid > 0) failure = _judgeReceipt(r, channel);
        _revertIf(failure);
        if (paid > 0) _credit(payee, _pay(channel, paid, r));
    }

    /// @notice As redeem, for a receipt signed by an employee with a badge.
    function redeemWithBadge(address payee, BadgedRedemption calldata r) external {
        (bytes32 channel, uint96 paid, bytes memory failure) = _judge(payee, r.redemption);
        if (paid > 0) failure = _judgeBadged(r, channel);
        _revertIf(failure);
        if (paid > 0) _credit(payee, _pay(channel, paid, r.redemption));
    }

    /// @notice Redeems each row as redeem or redeemWithBadge would, and credits the payee once. A row that they
    /// would refuse is skipped and named in an event.
    function redeemMany(
        address payee,
        Redemption[] calldata byCustomers,
        BadgedRedemption[] calldata byEmployees
    ) external {
        uint256 sum = 0;
        for (uint256 i = 0; i < byCustomers.length; ++i) {
            Redemption calldata r = byCustomers[i];
            (bytes32 channel, uint96 paid, bytes memory failure) = _judge(payee, r);
            if (paid > 0) failure = _judgeReceipt(r, channel);
            sum += _payOrSkip(channel, paid, r, failure);
        }
        for (uint256 i = 0; i < byEmployees.length; ++i) {
            BadgedRedemption calldata r = byEmployees[i];
            (bytes32 channel, uint96 paid, bytes memory failure) = _judge(payee, r.redemption);
            if (paid > 0) failure = _judgeBadged(r, channel);
            sum += _payOrSkip(channel, paid, r.redemption, failure);
        }
        if (sum > 0) _credit(payee, sum);
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
        (bytes32 channel, Channel storage stored) = _live(customer, payee, index);
        Channel memory c = stored;
        if (!actsFor(payee, msg.sender)) {
            _requireActsFor(customer);
            require(c.closeAt != 0, CloseNotRequested(channel));
            require(block.timestamp >= c.closeAt, CloseTooEarly(channel, c.closeAt, block.timestamp));
            uint256 until = uint256(c.closeAt) + CLOSE_WINDOW;
            require(block.timestamp <= until, CloseLapsed(channel, until, block.timestamp));
        }
        uint96 remainder = c.deposited - c.redeemed;
        stored.closeAt = CLOSED;
        if (remainder > 0) _credit(customer, remainder);
        emit ChannelClosed(channel, c.redeemed, remainder);
    }

    /// @notice Sends all the caller's credit to `to`.
    function withdraw(address to) external {
        require(
            !_credits[msg.sender].moved || actsFor(msg.sender, msg.sender), NotAllowed(msg.sender, msg.sender)
        );
        _withdraw(msg.sender, to);
    }

    /// @notice As withdraw, by the acting key of `account`.
    function withdrawFor(address account, address to) external {
        _requireActsFor(account);
        _withdraw(account, to);
    }

    function channels(bytes32 channel)
        external
        view
        returns (uint96 deposited, uint96 redeemed, uint40 closeAt, uint24 periodMinutes)
    {
        Channel memory c = _channels[channel];
        return (c.deposited, c.redeemed, c.closeAt, c.periodMinutes);
    }

    /// @notice What `account` may withdraw now.
    function credited(address account) external view returns (uint256) {
        return _credits[account].amount;
    }

    /// @notice keccak256(abi.encode(customer, payee, uint64 index))
    function channelId(address customer, address payee, uint64 index) external pure returns (bytes32) {
        return CremaTypes.channelId(customer, payee, index);
    }

    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @dev What is left to pay for `r` if its signatures are good (0: nothing), or why it can not be paid.
    function _judge(address payee, Redemption calldata r)
        private
        view
        returns (bytes32 channel, uint96 paid, bytes memory failure)
    {
        channel = CremaTypes.channelId(r.customer, payee, r.index);
        Channel memory c = _channels[channel];
        if (c.periodMinutes == 0) {
            return (channel, 0, abi.encodeWithSelector(UnknownChannel.selector, channel));
        }
        uint96 covered = r.total < c.deposited ? r.total : c.deposited;
        if (covered <= c.redeemed) return (channel, 0, "");
        if (c.closeAt == CLOSED) {
            return (channel, 0, abi.encodeWithSelector(ChannelIsClosed.selector, channel));
        }
        return (channel, covered - c.redeemed, "");
    }

    function _judgeReceipt(Redemption calldata r, bytes32 channel)
        private
        view
        returns (bytes memory failure)
    {
        bytes32 digest = _receiptDigest(r, channel);
        address recovered = _recover(digest, r.r, r.vs);
        if (recovered == address(0)) return abi.encodeWithSelector(InvalidSignature.selector, digest);
        (bool signs,) = _redemptionEpoch(r.customer, recovered);
        if (!signs) return abi.encodeWithSelector(WrongSigner.selector, recovered, signerOf(r.customer));
        return "";
    }

    function _judgeBadged(BadgedRedemption calldata r, bytes32 channel)
        private
        view
        returns (bytes memory failure)
    {
        bytes32 digest = _receiptDigest(r.redemption, channel);
        address recovered = _recover(digest, r.redemption.r, r.redemption.vs);
        if (recovered == address(0)) return abi.encodeWithSelector(InvalidSignature.selector, digest);
        if (recovered != r.badge.employee) {
            return abi.encodeWithSelector(WrongSigner.selector, recovered, r.badge.employee);
        }
        failure = _judgeBounds(r.badge, channel, r.redemption.total);
        if (failure.length > 0) return failure;
        digest = _badgeDigest(r.redemption.customer, r.badge);
        recovered = _recover(digest, r.badge.r, r.badge.vs);
        if (recovered == address(0)) return abi.encodeWithSelector(InvalidSignature.selector, digest);
        (bool signs, uint32 epoch) = _redemptionEpoch(r.redemption.customer, recovered);
        if (!signs) {
            return abi.encodeWithSelector(WrongSigner.selector, recovered, signerOf(r.redemption.customer));
        }
        if (r.badge.epoch < epoch) {
            return abi.encodeWithSelector(BadgeRevoked.selector, r.badge.epoch, epoch);
        }
    }

    function _judgeBounds(Badge calldata badge, bytes32 channel, uint96 total)
        private
        view
        returns (bytes memory failure)
    {
        if (badge.channel != bytes32(0) && badge.channel != channel) {
            return abi.encodeWithSelector(BadgeForOtherChannel.selector, badge.channel, channel);
        }
        if (total > badge.maxTotal) {
            return abi.encodeWithSelector(BadgeCapExceeded.selector, total, badge.maxTotal);
        }
        if (block.timestamp < badge.validFrom) {
            return abi.encodeWithSelector(BadgeNotYetValid.selector, badge.validFrom, block.timestamp);
        }
        uint256 countsUntil =
            uint256(badge.validUntil) + uint256(_channels[channel].periodMinutes) * 1 minutes;
        if (block.timestamp > countsUntil) {
            return abi.encodeWithSelector(BadgeExpired.selector, countsUntil, block.timestamp);
        }
    }

    function _receiptDigest(Redemption calldata r, bytes32 channel) private view returns (bytes32) {
        return _hashTypedDataV4(CremaTypes.hash(CremaTypes.Receipt(channel, r.sequence, r.total, r.history)));
    }

    function _badgeDigest(address customer, Badge calldata b) private view returns (bytes32) {
        return _hashTypedDataV4(
            CremaTypes.hash(
                CremaTypes.Badge(
                    customer, b.employee, b.channel, b.maxTotal, b.epoch, b.validFrom, b.validUntil
                )
            )
        );
    }

    function _payOrSkip(bytes32 channel, uint96 paid, Redemption calldata r, bytes memory failure)
        private
        returns (uint256)
    {
        if (failure.length > 0) {
            emit RedemptionSkipped(channel, r.sequence, r.total, bytes4(failure));
            return 0;
        }
        return paid > 0 ? _pay(channel, paid, r) : 0;
    }

    /// @dev Writes down that the channel paid `paid`; the caller credits it.
    function _pay(bytes32 channel, uint96 paid, Redemption calldata r) private returns (uint256) {
        uint96 redeemed = _channels[channel].redeemed + paid;
        _channels[channel].redeemed = redeemed;
        emit ChannelRedeemed(channel, r.sequence, r.total, r.history, redeemed);
        return paid;
    }

    function _credit(address account, uint256 amount) private {
        Credit storage credit = _credits[account];
        credit.amount += uint160(amount);
        credit.used = true;
    }

    function _revertIf(bytes memory failure) private pure {
        if (failure.length == 0) return;
        assembly ("memory-safe") {
            revert(add(failure, 32), mload(failure))
        }
    }

    function _topUp(address customer, address payee, uint64 index, uint96 amount) private {
        (bytes32 channel, Channel storage c) = _live(customer, payee, index);
        require(amount > 0, ZeroAmount());
        uint96 deposited = c.deposited;
        require(amount <= type(uint96).max - deposited, DepositTooLarge(channel, deposited, amount));
        deposited += amount;
        c.deposited = deposited;
        emit ChannelToppedUp(channel, msg.sender, amount, deposited);
        _pull(msg.sender, amount);
    }

    function _requestClose(address customer, address payee, uint64 index) private {
        (bytes32 channel, Channel storage c) = _live(customer, payee, index);
        uint40 pending = c.closeAt;
        require(
            pending == 0 || block.timestamp > uint256(pending) + CLOSE_WINDOW,
            CloseAlreadyRequested(channel, pending)
        );
        uint40 closeAt = uint40(block.timestamp + uint256(c.periodMinutes) * 1 minutes);
        c.closeAt = closeAt;
        emit ChannelCloseRequested(channel, closeAt);
    }

    function _withdraw(address account, address to) private {
        require(to != address(0) && to != address(this), InvalidRecipient(to));
        uint256 amount = _credits[account].amount;
        require(amount > 0, NothingCredited(account));
        _credits[account].amount = 0;
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
        returns (bytes32 channel, Channel storage c)
    {
        channel = CremaTypes.channelId(customer, payee, index);
        c = _channels[channel];
        require(c.periodMinutes != 0, UnknownChannel(channel));
        require(c.closeAt != CLOSED, ChannelIsClosed(channel));
    }

    function _requireActsFor(address account) private view {
        require(actsFor(account, msg.sender), NotAllowed(msg.sender, account));
    }

    /// @dev The signer, or 0 for a signature that is none: malformed, or with a high s.
    function _recover(bytes32 digest, bytes32 r, bytes32 vs) private pure returns (address recovered) {
        (recovered,,) = ECDSA.tryRecover(digest, r, vs);
    }

    /// @inheritdoc ActingKeys
    function _overlap() internal view override returns (uint40) {
        return uint40(maxPeriodMinutes) * 1 minutes;
    }

    /// @inheritdoc ActingKeys
    function _moved(address account) internal override {
        _credits[account].moved = true;
    }
}
